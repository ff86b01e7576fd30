/** A text a person wrote. `name` is what diagnostics print: `service.yaml`, or `STDIN`. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}
