import type { EnrolmentState } from '../../domain/enrolment-state.ts';

/** Whether somebody has something to do, and whom it waits for. */
export type WaitsFor = 'nobody' | 'the-machine' | 'a-person';

/** What comes next for a person, in French. */
export interface NextStep {
  readonly waitsFor: WaitsFor;
  readonly text: string;
}

const step = (waitsFor: WaitsFor, text: string): NextStep => ({ waitsFor, text });

/** By the state a person is in; what must be brought or corrected is with the reasons. */
export const NEXT_STEPS: Readonly<Record<EnrolmentState, NextStep>> = {
  received: step('the-machine', 'L’identité sera vérifiée par la prochaine exécution ; rien à apporter.'),
  confirmed: step('the-machine', 'La demande d’enrôlement part avec l’exécution en cours ou la prochaine.'),
  sending: step('the-machine', 'La demande est partie vers SIGICMU ; sa réponse est attendue.'),
  enrolled: step('nobody', 'Rien à faire : les droits sont ouverts, sans rien à payer.'),
  'already-enrolled': step('nobody', 'Rien à faire : SIGICMU couvrait déjà la personne.'),
  renewed: step('nobody', 'Rien à faire : les droits sont renouvelés, sans rien à payer.'),
  'needs-review': step('a-person', 'Un agent doit décider ; la machine ne refuse personne.'),
  deferred: step('the-machine', 'Repris automatiquement ; rien à apporter.'),
  'outcome-unknown': step(
    'the-machine',
    'SIGICMU est interrogé avant tout nouvel envoi ; la personne ne sera pas enrôlée deux fois.',
  ),
  'discarded-duplicate': step('nobody', 'Écarté(e) par un agent : la personne figure sur une autre ligne du RNU.'),
  'discarded-deceased': step('nobody', 'Écarté(e) par un agent à la suite d’un décès.'),
  'out-of-scope': step('nobody', 'Un agent a constaté que la personne ne relève pas du programme.'),
};
