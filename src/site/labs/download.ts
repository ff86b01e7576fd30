/** Hands a text out as a file; it never leaves the browser by itself. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser reads the text after the click; without the address it would find nothing.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
