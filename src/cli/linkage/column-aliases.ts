import { LINKAGE_FIELDS } from '../../matching/linkage/linkage-field.ts';
import { comparableHeader } from '../../pipeline/intake/column-catalogue.ts';

/** Other names under which files give the known columns; compared without case, accents, spaces and punctuation. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  id: ['identifiant', 'identifiant_ligne', 'rec_id', 'record_id', 'unique_id'],
  given_names: ['prenoms', 'prenom', 'prénom(s)', 'given_name', 'first_name', 'forename', 'forenames'],
  family_name: ['nom', 'nom_de_famille', 'nom_famille', 'surname', 'last_name'],
  sex: ['sexe', 'genre', 'gender'],
  date_of_birth: ['date_naissance', 'date_de_naissance', 'date_naiss', 'naissance', 'ddn', 'dob', 'birth_date'],
  place_of_birth: ['lieu_naissance', 'lieu_de_naissance', 'lieu_naiss', 'birth_place'],
  commune: ['commune_residence'],
  region: ['région'],
  address: ['adresse', 'quartier_village'],
  postal_code: ['code_postal', 'cp', 'postcode', 'zip', 'zip_code'],
  phone: ['telephone', 'tel', 'numero_telephone', 'mobile', 'phone_number'],
  email: ['courriel', 'mel', 'e-mail', 'adresse_electronique'],
  occupation: ['profession', 'metier'],
  national_id: ['nin', 'cni', 'numero_cni', 'numero_national', 'numero_identification_nationale', 'soc_sec_id'],
  father_given: ['prenom_pere', 'prenom_du_pere', 'prenoms_pere'],
  mother_given: ['prenom_mere', 'prenom_de_la_mere', 'prenoms_mere'],
  mother_family: ['nom_mere', 'nom_de_la_mere', 'nom_de_famille_mere'],
  household_id: ['menage', 'id_menage', 'reference_menage', 'numero_menage'],
};

/** The columns that have a meaning, `id` first. */
export const KNOWN_COLUMNS: readonly string[] = ['id', ...LINKAGE_FIELDS.map((field) => field.name)];

const FIELD_OF: ReadonlyMap<string, string> = new Map(
  KNOWN_COLUMNS.flatMap((column) =>
    [column, ...(OTHER_NAMES[column] ?? [])].map((name) => [comparableHeader(name), column] as const),
  ),
);

/** The known column that a header means, or undefined. */
export function knownColumn(header: string): string | undefined {
  return FIELD_OF.get(comparableHeader(header));
}
