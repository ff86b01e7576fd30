import type { editor as MonacoEditor } from 'monaco-editor/editor.js';
import type { Snapshot } from '#engine';
import { clusterFacts, completeYaml } from '#views/yaml-completion.ts';
import { fieldHelp } from './field-help.ts';
import type { CodeLine } from './HighlightedCode.tsx';
import { type FieldMarks, visibleMark } from './marks.ts';

type Monaco = typeof import('monaco-editor/editor.js');

export interface MountOptions {
  readonly text: string;
  readonly label: string;
  readonly language: 'yaml' | 'typescript';
  /** Start and end offsets of the selection to begin with. */
  readonly selection: readonly [number, number];
  /** Of the plain field, in CSS pixels: the editor stands exactly over it. */
  readonly metrics: { readonly fontFamily: string; readonly fontSize: number; readonly lineHeight: number; readonly gutter: number };
  readonly highlight: (text: string) => readonly CodeLine[];
  /** The cluster whose labels, ports and namespaces are offered; absent: nothing is. */
  readonly cluster?: () => Snapshot | undefined;
  readonly onText: (text: string) => void;
  readonly onLine: (line: number) => void;
}

export interface MountedEditor {
  setText(text: string): void;
  setMarks(marks: FieldMarks): void;
  focus(): void;
  focusAt(offset: number): void;
  dispose(): void;
}

let core: Monaco | undefined;

/** Monaco asks by language; each text has a cluster of its own. */
const clusters = new WeakMap<MonacoEditor.ITextModel, NonNullable<MountOptions['cluster']>>();

/** Fetches Monaco, its Korean messages first: they must be in place before its first line runs. */
export async function monacoReady(): Promise<void> {
  if (core !== undefined) return;
  await import('monaco-editor/nls/lang/ko.js');
  const { monaco } = await import('./monaco-core.ts');
  for (const id of ['yaml', 'typescript']) monaco.languages.register({ id });
  monaco.languages.setLanguageConfiguration('yaml', {
    comments: { lineComment: '#' },
    brackets: [
      ['{', '}'],
      ['[', ']'],
    ],
    onEnterRules: [{ beforeText: /:\s*$/, action: { indentAction: monaco.languages.IndentAction.Indent } }],
  });
  monaco.languages.setLanguageConfiguration('typescript', {
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: ['{}', '[]', '()', "''", '``'].map(([open = '', close = '']) => ({ open, close })),
  });
  monaco.languages.registerHoverProvider('yaml', {
    provideHover(model, { lineNumber, column }) {
      const word = model.getWordAtPosition({ lineNumber, column });
      const help = word === null ? undefined : fieldHelp(word.word);
      if (word === null || help === undefined) return undefined;
      const range = new monaco.Range(lineNumber, word.startColumn, lineNumber, word.endColumn);
      return { range, contents: [{ value: `**${word.word}**` }, { value: help }] };
    },
  });
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' '],
    provideCompletionItems(model, position) {
      const snapshot = clusters.get(model)?.();
      const found =
        snapshot === undefined ? undefined : completeYaml(model.getValue(), model.getOffsetAt(position), clusterFacts(snapshot));
      if (found === undefined) return { suggestions: [] };
      const range = monaco.Range.fromPositions(model.getPositionAt(found.from), model.getPositionAt(found.to));
      const suggestions = found.items.map(({ label, insert, kind }, index) => {
        const help = kind === 'field' ? fieldHelp(label) : undefined;
        return {
          label,
          insertText: insert,
          kind: kind === 'field' ? monaco.languages.CompletionItemKind.Field : monaco.languages.CompletionItemKind.Value,
          range,
          // In the order given, not by the alphabet.
          sortText: String(index).padStart(3, '0'),
          ...(help === undefined ? {} : { documentation: { value: help } }),
          ...(insert.endsWith(': ') ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
        };
      });
      return { suggestions };
    },
  });
  core = monaco;
}

/** Puts an editor over a plain field. Synchronous: the caller has just read the field's text and cursor. */
export function mountEditor(host: HTMLElement, options: MountOptions): MountedEditor {
  if (core === undefined) throw new Error('mountEditor before monacoReady');
  const monaco = core;
  host.hidden = false;
  const { metrics } = options;
  const editor = monaco.editor.create(host, {
    value: options.text,
    language: options.language,
    theme: applyTheme(monaco, host),
    fontFamily: metrics.fontFamily,
    fontSize: metrics.fontSize,
    lineHeight: metrics.lineHeight,
    ariaLabel: options.label,
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    // A textarea, not the EditContext interface: the safer choice for Korean input methods.
    editContext: false,
    accessibilitySupport: 'auto',
    automaticLayout: true,
    fixedOverflowWidgets: true,
    minimap: { enabled: false },
    glyphMargin: false,
    folding: false,
    lineNumbersMinChars: 3,
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    renderLineHighlight: 'none',
    renderFinalNewline: 'on',
    scrollBeyondLastLine: false,
    scrollbar: { vertical: 'auto', verticalScrollbarSize: 10, alwaysConsumeMouseWheel: false, useShadows: false },
    stickyScroll: { enabled: false },
    guides: { indentation: false },
    matchBrackets: 'near',
    // Hue belongs to the network.
    bracketPairColorization: { enabled: false },
    // These three would ask for a worker; nothing here needs one.
    wordBasedSuggestions: 'off',
    quickSuggestions: { other: true, strings: true, comments: false },
    suggest: { showWords: false, showSnippets: false },
    occurrencesHighlight: 'off',
    links: false,
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
    colorDecorators: false,
    padding: { top: 0, bottom: 0 },
  });
  const model = editor.getModel();
  if (model === null) throw new Error('the editor has no model');
  if (options.cluster !== undefined) clusters.set(model, options.cluster);
  // The text starts where it started in the plain field.
  editor.updateOptions({ lineDecorationsWidth: Math.max(0, metrics.gutter - editor.getLayoutInfo().decorationsLeft) });

  const colours = editor.createDecorationsCollection();
  const lines = editor.createDecorationsCollection();
  let marks: FieldMarks = { marks: [], lit: new Set(), changed: new Set() };

  function paint(): void {
    const text = model?.getValue() ?? '';
    colours.set(
      options.highlight(text).flatMap((line) =>
        line.tokens.map((token) => {
          const column = token.start - line.start + 1;
          return {
            range: new monaco.Range(line.number, column, line.number, column + token.text.length),
            options: { inlineClassName: token.class },
          };
        }),
      ),
    );
  }

  function paintMarks(): void {
    if (model === null) return;
    const { lit, changed } = marks;
    const length = model.getValueLength();
    const markers = marks.marks.map((mark) => visibleMark(mark, length));
    const wrong = new Set(markers.filter((mark) => mark.severity === 'error').map((mark) => model.getPositionAt(mark.start).lineNumber));
    const decorated: MonacoEditor.IModelDeltaDecoration[] = [];
    const whole = (line: number, decoration: MonacoEditor.IModelDecorationOptions) =>
      decorated.push({ range: new monaco.Range(line, 1, line, 1), options: { isWholeLine: true, ...decoration } });
    for (const line of lit) if (!wrong.has(line)) whole(line, { className: 'lit-line' });
    for (const line of wrong) whole(line, { className: 'err-line', linesDecorationsClassName: 'err-mark' });
    for (const line of changed) if (!wrong.has(line)) whole(line, { linesDecorationsClassName: 'chg-mark' });
    lines.set(decorated);
    monaco.editor.setModelMarkers(
      model,
      'packet-path',
      markers.map((mark) => {
        const from = model.getPositionAt(mark.start);
        const to = model.getPositionAt(mark.end);
        return {
          severity:
            mark.severity === 'error'
              ? monaco.MarkerSeverity.Error
              : mark.severity === 'warning'
                ? monaco.MarkerSeverity.Warning
                : monaco.MarkerSeverity.Info,
          message: mark.message,
          code: mark.code,
          startLineNumber: from.lineNumber,
          startColumn: from.column,
          endLineNumber: to.lineNumber,
          endColumn: to.column,
        };
      }),
    );
  }

  paint();
  const [start, end] = options.selection;
  editor.setSelection(monaco.Selection.fromPositions(model.getPositionAt(start), model.getPositionAt(end)));
  const listening = [
    model.onDidChangeContent(() => {
      paint();
      options.onText(model.getValue());
    }),
    editor.onDidChangeCursorPosition(({ position }) => options.onLine(position.lineNumber)),
    editor.onDidFocusEditorText(() => host.firstElementChild?.classList.add('focused')),
    editor.onDidBlurEditorText(() => host.firstElementChild?.classList.remove('focused')),
  ];
  const stopWatching = watchScheme(() => monaco.editor.setTheme(applyTheme(monaco, host)));

  return {
    setText(text) {
      if (text === model.getValue()) return;
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    },
    setMarks(next) {
      marks = next;
      paintMarks();
    },
    focus: () => editor.focus(),
    focusAt(offset) {
      const position = model.getPositionAt(offset);
      editor.setPosition(position);
      editor.revealPositionInCenterIfOutsideViewport(position);
      editor.focus();
    },
    dispose() {
      stopWatching();
      for (const each of listening) each.dispose();
      editor.dispose();
      model.dispose();
    },
  };
}

/** Monaco wants its colours as hexadecimal text, so the page's are asked of the browser. Gives the theme's name. */
function applyTheme(monaco: Monaco, host: HTMLElement): string {
  const colour = (token: string, alpha = '') => hexOf(host, `var(${token})`) + alpha;
  const dark = getComputedStyle(host).colorScheme.includes('dark') && luminance(colour('--paper')) < 0.5;
  const name = dark ? 'packet-path-dark' : 'packet-path-light';
  monaco.editor.defineTheme(name, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [{ token: '', foreground: colour('--ink').slice(1) }],
    colors: {
      foreground: colour('--ink'),
      'editor.background': colour('--sheet'),
      'editor.foreground': colour('--ink'),
      'editorLineNumber.foreground': colour('--ink-3'),
      'editorLineNumber.activeForeground': colour('--ink'),
      'editorCursor.foreground': colour('--ink'),
      'editor.selectionBackground': colour('--ink', '3d'),
      'editor.inactiveSelectionBackground': colour('--ink', '24'),
      'editorError.foreground': colour('--refused'),
      'editorWarning.foreground': colour('--ink-2'),
      'editorInfo.foreground': colour('--ink-2'),
      'editorWidget.background': colour('--sheet'),
      'editorWidget.border': colour('--edge'),
      'editorHoverWidget.background': colour('--sheet'),
      'editorHoverWidget.border': colour('--edge'),
      'editorBracketMatch.background': colour('--well'),
      'editorBracketMatch.border': colour('--edge'),
      'editorSuggestWidget.background': colour('--sheet'),
      'editorSuggestWidget.border': colour('--edge'),
      'editorSuggestWidget.foreground': colour('--ink'),
      'editorSuggestWidget.selectedBackground': colour('--well'),
      'editorSuggestWidget.selectedForeground': colour('--ink'),
      'editorSuggestWidget.selectedIconForeground': colour('--ink-2'),
      'editorSuggestWidget.highlightForeground': colour('--ink'),
      'editorSuggestWidget.focusHighlightForeground': colour('--ink'),
      'quickInput.background': colour('--sheet'),
      'quickInputList.focusBackground': colour('--well'),
      'quickInputList.focusForeground': colour('--ink'),
      'list.focusBackground': colour('--well'),
      'list.highlightForeground': colour('--ink'),
      'list.focusHighlightForeground': colour('--ink'),
      'symbolIcon.fieldForeground': colour('--ink-2'),
      'menu.background': colour('--sheet'),
      'menu.foreground': colour('--ink'),
      'menu.selectionBackground': colour('--well'),
      'menu.selectionForeground': colour('--ink'),
      focusBorder: colour('--ink'),
    },
  });
  return name;
}

function hexOf(host: HTMLElement, value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  host.append(probe);
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(hex: string): number {
  return Number.parseInt(hex.slice(1, 3), 16) / 255;
}

/** Tells when the page turns light or dark, by its switch or by the system. */
function watchScheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme', 'data-theme', 'class', 'style'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}
