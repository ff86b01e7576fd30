import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Snapshot } from '#engine';
import { liveWords } from '#words/ko.ts';
import { type CodeLine, HighlightedCode } from './HighlightedCode.tsx';
import { type FieldMarks, lineAt } from './marks.ts';
import type { MountedEditor } from './monaco-editor.ts';

/** What the owner of a field may ask of it. */
export interface FieldHandle {
  /** Puts the cursor there and the keyboard into the field. */
  focusAt(offset: number): void;
}

interface Props {
  readonly text: Signal<string>;
  readonly label: string;
  readonly language: 'yaml' | 'typescript';
  readonly highlight: (text: string) => readonly CodeLine[];
  readonly marks: FieldMarks;
  /** The cluster whose labels, ports and namespaces Monaco offers. */
  readonly cluster?: () => Snapshot | undefined;
  /** The line the cursor moved to, from 1. */
  readonly onLine?: (line: number) => void;
  readonly handle?: { current: FieldHandle | null };
  /** False: Monaco is not fetched for this field. */
  readonly monaco?: boolean;
}

/**
 * The build that writes the HTML must not see Monaco: it would take its style sheet for one of the page's and leave it out of the
 * browser's files.
 */
const loadMonaco = import.meta.env.SSR ? undefined : () => import('./monaco-editor.ts');

const noMarks: FieldMarks = { marks: [], lit: new Set(), changed: new Set() };

/**
 * An editable text. First a highlighted text with a plain textarea laid over it, both in the page's HTML; where the pointer is fine
 * and the field in sight, Monaco comes in behind and takes over the text, the cursor and the focus in one synchronous step, so
 * that no character can be lost. If Monaco cannot be had, the plain field goes on.
 */
export function CodeField({ text, label, language, highlight, marks, cluster, onLine, handle, monaco = true }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MountedEditor | null>(null);
  const [awake, setAwake] = useState(false);
  const [state, setState] = useState<'plain' | 'monaco' | 'failed'>('plain');
  const lineSink = useRef(onLine);
  lineSink.current = onLine;
  const clusterSource = useRef(cluster);
  clusterSource.current = cluster;

  useEffect(() => setAwake(true), []);

  useEffect(() => {
    if (handle === undefined) return;
    handle.current = {
      focusAt(offset) {
        if (editor.current !== null) {
          editor.current.focusAt(offset);
          return;
        }
        area.current?.focus();
        area.current?.setSelectionRange(offset, offset);
      },
    };
    return () => {
      handle.current = null;
    };
  }, [handle]);

  useEffect(() => {
    const element = box.current;
    if (!monaco || element === null || !matchMedia('(pointer: fine)').matches) return;
    let gone = false;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        whenIdle(() => {
          loadMonaco?.()
            .then(async (module) => {
              await module.monacoReady();
              await notComposing(area.current);
              if (gone || host.current === null || area.current === null || box.current === null) return;
              editor.current = takeOver(module.mountEditor, box.current, host.current, area.current);
              setState('monaco');
            })
            .catch((error: unknown) => {
              console.warn('Monaco did not load; the plain field goes on.', error);
              if (!gone) setState('failed');
            });
        });
      },
      { rootMargin: '100px' },
    );
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
      editor.current?.dispose();
      editor.current = null;
    };
  }, [monaco]);

  /** From here to the end nothing waits: what is in the textarea now is what the editor starts with. */
  function takeOver(
    mount: typeof import('./monaco-editor.ts').mountEditor,
    outer: HTMLElement,
    inner: HTMLElement,
    plain: HTMLTextAreaElement,
  ): MountedEditor {
    text.value = plain.value;
    const hadFocus = document.activeElement === plain;
    const mounted = mount(inner, {
      text: plain.value,
      label,
      language,
      selection: [plain.selectionStart, plain.selectionEnd],
      metrics: metricsOf(outer, plain),
      highlight,
      cluster: () => clusterSource.current?.(),
      onText: (value) => {
        text.value = value;
      },
      onLine: (line) => lineSink.current?.(line),
    });
    if (hadFocus) mounted.focus();
    return mounted;
  }

  // The text may change from outside (a quick fix, 되돌리기); the editor keeps its own undo history of that.
  useEffect(
    () =>
      text.subscribe((value) => {
        editor.current?.setText(value);
        if (area.current !== null && area.current.value !== value) area.current.value = value;
      }),
    [text],
  );
  useEffect(() => {
    editor.current?.setMarks(marks);
  }, [marks, state]);

  const value = text.value;
  return (
    <>
      <div class={state === 'monaco' ? 'code with-monaco' : 'code'} ref={box}>
        <div class="field-inner" inert={state === 'monaco'}>
          <pre aria-hidden="true">
            <HighlightedCode lines={highlight(value)} marks={state === 'monaco' ? noMarks : marks} length={value.length} />
          </pre>
          <textarea
            ref={area}
            aria-label={label}
            readOnly={!awake}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            wrap="off"
            onInput={(event) => {
              text.value = event.currentTarget.value;
              onLine?.(lineAt(event.currentTarget.value, event.currentTarget.selectionStart));
            }}
            onKeyDown={keepIndentation}
            onCompositionStart={(event) => {
              event.currentTarget.dataset.composing = 'true';
            }}
            onCompositionEnd={(event) => {
              delete event.currentTarget.dataset.composing;
            }}
            onSelect={(event) => onLine?.(lineAt(event.currentTarget.value, event.currentTarget.selectionStart))}
            defaultValue={value}
          />
        </div>
        <div class="field-monaco" ref={host} hidden={state !== 'monaco'} />
      </div>
      <p class="fieldhelp">
        {state === 'failed' ? liveWords.editorFailed : state === 'monaco' ? liveWords.editorHelpMonaco : liveWords.editorHelp}
      </p>
    </>
  );
}

/** A new line begins as the one before it. `insertText` keeps the browser's own undo history. */
function keepIndentation(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
  if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { value, selectionStart } = event.currentTarget;
  const lineStart = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const indentation = /^ */.exec(value.slice(lineStart, selectionStart))?.[0] ?? '';
  if (indentation === '') return;
  event.preventDefault();
  document.execCommand('insertText', false, `\n${indentation}`);
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 200);
}

/** Waits until no Korean syllable is being put together in the field: taking the field away would break it. */
async function notComposing(area: HTMLTextAreaElement | null): Promise<void> {
  if (area === null || area.dataset.composing !== 'true') return;
  await new Promise((resolve) => area.addEventListener('compositionend', resolve, { once: true }));
}

function metricsOf(
  box: HTMLElement,
  area: HTMLTextAreaElement,
): { fontFamily: string; fontSize: number; lineHeight: number; gutter: number } {
  const style = getComputedStyle(area);
  return {
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    lineHeight: Number.parseFloat(getComputedStyle(box).lineHeight),
    gutter: Number.parseFloat(style.paddingLeft),
  };
}
