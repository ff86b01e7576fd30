import { fill } from '#words/fill.ts';
import type { Pagefind, PagefindPage, PagefindResult } from './pagefind.ts';

interface SeekWords {
  readonly waiting: string;
  readonly none: string;
  readonly failed: string;
  readonly count: string;
  readonly more: string;
}

const pageOfResults = 8;
const pauseMs = 180;

/** Wakes the search form of the page. The index is fetched when the field first gets the focus or the address carries `?q=`. */
export function startSeeking(): void {
  const form = document.querySelector<HTMLFormElement>('[data-seek]');
  const found = document.querySelector<HTMLElement>('[data-found]');
  const input = form?.querySelector('input');
  if (form === null || found === null || input === null || input === undefined) {
    return;
  }
  const words: SeekWords = JSON.parse(form.dataset.words ?? '{}');
  const status = document.createElement('p');
  status.className = 'count';
  status.setAttribute('role', 'status');
  const list = document.createElement('ol');
  found.append(status, list);

  let loading: Promise<Pagefind> | undefined;
  const pagefind = () => {
    loading ??= loadPagefind(form.dataset.seek ?? '').catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };

  const seek = async (pause: number) => {
    const query = input.value.trim();
    const address = new URL(location.href);
    if (query === '') {
      address.searchParams.delete('q');
      status.textContent = '';
      list.replaceChildren();
    } else {
      address.searchParams.set('q', query);
    }
    history.replaceState(null, '', address);
    if (query === '') {
      return;
    }
    try {
      if (loading === undefined) {
        status.textContent = words.waiting;
      }
      const answer = await (await pagefind()).debouncedSearch(query, {}, pause);
      if (answer === null || input.value.trim() !== query) {
        return;
      }
      status.textContent = answer.results.length === 0 ? words.none : fill(words.count, { count: answer.results.length });
      list.replaceChildren();
      await showFrom(answer.results, list, words);
    } catch {
      status.textContent = words.failed;
    }
  };

  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void seek(0);
  });
  input.addEventListener('input', () => void seek(pauseMs));
  input.addEventListener('focus', () => void pagefind().catch(() => undefined), { once: true });
  const asked = new URLSearchParams(location.search).get('q');
  if (asked !== null) {
    input.value = asked;
    void seek(0);
  }
}

async function loadPagefind(address: string): Promise<Pagefind> {
  const module: Pagefind = await import(/* @vite-ignore */ address);
  await module.options({ baseUrl: import.meta.env.BASE_URL, excerptLength: 24 });
  module.init();
  return module;
}

async function showFrom(results: readonly PagefindResult[], list: HTMLElement, words: SeekWords): Promise<void> {
  const pages = await Promise.all(results.slice(0, pageOfResults).map((result) => result.data()));
  list.append(...pages.map(resultItem));
  const rest = results.slice(pageOfResults);
  if (rest.length > 0) {
    const more = document.createElement('button');
    more.type = 'button';
    more.className = 'btn quiet small';
    more.textContent = fill(words.more, { count: rest.length });
    const item = document.createElement('li');
    item.append(more);
    more.addEventListener('click', async () => {
      await showFrom(rest, list, words);
      item.remove();
    });
    list.append(item);
  }
}

function resultItem(page: PagefindPage): HTMLElement {
  const item = document.createElement('li');
  item.append(anchor(page.url, page.meta.title ?? page.url), excerpt(page.excerpt));
  const parts = page.sub_results.filter((part) => part.url !== page.url && !part.url.endsWith('#_top')).slice(0, 3);
  if (parts.length > 0) {
    const within = document.createElement('ul');
    within.className = 'within';
    for (const part of parts) {
      const row = document.createElement('li');
      row.append(anchor(part.url, part.title), excerpt(part.excerpt));
      within.append(row);
    }
    item.append(within);
  }
  return item;
}

function anchor(href: string, text: string): HTMLElement {
  const element = document.createElement('a');
  element.href = href;
  element.textContent = text;
  return element;
}

function excerpt(html: string): HTMLElement {
  const element = document.createElement('p');
  // Pagefind escapes the page's text and adds only <mark>.
  element.innerHTML = html;
  return element;
}
