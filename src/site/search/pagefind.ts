/** The part of Pagefind's browser module that the search uses (pagefind 1.5). */
export interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>;
  init(): void;
  /** `null` when a newer call came before this one was due. */
  debouncedSearch(
    query: string,
    options: Record<string, never>,
    milliseconds: number,
  ): Promise<{ results: readonly PagefindResult[] } | null>;
}

export interface PagefindResult {
  readonly id: string;
  data(): Promise<PagefindPage>;
}

export interface PagefindPage {
  readonly url: string;
  readonly meta: Readonly<Record<string, string>>;
  /** HTML made by Pagefind: escaped text with `<mark>` around what was found. */
  readonly excerpt: string;
  /** Parts of the page under their own headings; the page itself may be among them. */
  readonly sub_results: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}
