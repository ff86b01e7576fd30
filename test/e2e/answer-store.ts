import type { Page } from '@playwright/test';

/** Does something with every answer kept in this browser; `change` is an expression on `kept`. */
export async function changeKept(page: Page, change: string): Promise<void> {
  await page.evaluate(`new Promise((resolve, reject) => {
    const open = indexedDB.open('packet-path');
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const store = open.result.transaction('answers', 'readwrite').objectStore('answers');
      store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (cursor === null) return;
        const kept = cursor.value;
        cursor.update(${change});
        cursor.continue();
      };
      store.transaction.oncomplete = () => { open.result.close(); resolve(); };
    };
  })`);
}

/** Everything kept in this browser, by key; nothing while the page has not made its store yet. */
export async function readKept(page: Page): Promise<Readonly<Record<string, unknown>>> {
  return await page.evaluate(`new Promise((resolve, reject) => {
    const open = indexedDB.open('packet-path');
    // Never make the store in the page's place: it would be an empty one.
    open.onupgradeneeded = () => open.transaction.abort();
    open.onerror = () => (open.error.name === 'AbortError' ? resolve({}) : reject(open.error));
    open.onsuccess = () => {
      const all = {};
      const store = open.result.transaction('answers').objectStore('answers');
      store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (cursor === null) return;
        all[cursor.key] = cursor.value;
        cursor.continue();
      };
      store.transaction.oncomplete = () => { open.result.close(); resolve(all); };
    };
  })`);
}

/** Leaves a store that a newer site has made. Call it on a page that has not opened its own. */
export async function leaveNewerStore(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const open = indexedDB.open('packet-path', 99);
    open.onsuccess = () => { open.result.close(); resolve(); };
  })`);
}

/** From the next page on, the browser keeps nothing, as in some private windows. */
export async function blockStore(page: Page): Promise<void> {
  await page.addInitScript(`IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };`);
}
