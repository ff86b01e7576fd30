/** Monaco's one switch for what Tab does in all of its editors; the package brings no types for it. */
declare module 'monaco-editor/editor/browser/config/tabFocus.js' {
  export const TabFocus: { setTabFocusMode(movesFocus: boolean): void };
}
