/**
 * Thrown when a guarded write found another owner's fence. The household is no longer ours: stop, write nothing, and
 * leave it to whoever took it. Not a fault; a worker that was paused too long meets it.
 */
export class FencedOut extends Error {
  readonly code = 'FENCED_OUT';
}

const SQLSTATE_OF_REQUIRE_ROWS = 'PF001';

/** Runs a guarded statement; turns the database's refusal into {@link FencedOut}. */
export async function underFence<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    if ((error as { code?: string }).code === SQLSTATE_OF_REQUIRE_ROWS) throw new FencedOut('household taken over');
    throw error;
  }
}
