/** Thrown only for a state that should not exist; never for anything a person can type. */
export class EngineBug extends Error {
  override readonly name = 'EngineBug';
}
