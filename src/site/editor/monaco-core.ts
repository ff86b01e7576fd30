// The editor's core and the few features a small YAML or TypeScript text is better with. No language service of Monaco's: the engine
// is the language service. Imported only behind `monaco-editor.ts`, after the Korean messages are in place.
import { TabFocus } from 'monaco-editor/editor/browser/config/tabFocus.js';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/contextmenu/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/quickCommand/register.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/wordOperations/register.js';

// Tab leaves the field as it leaves any other; Ctrl+M gives it to indentation and back. Not the option `tabFocusMode` of an editor: it would
// overrule the key, whose first press would do nothing.
TabFocus.setTabFocusMode(true);

export * as monaco from 'monaco-editor/editor.js';
