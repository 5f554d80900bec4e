/** A file named on the command line does not hold what it should; one that cannot be opened is told by its own error. */
export class UnusableFile extends Error {
  readonly code = 'FICHIER_INUTILISABLE';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
