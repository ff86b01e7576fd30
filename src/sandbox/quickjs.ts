import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';

const pageBytes = 65_536;
/** 16 MiB, what the WebAssembly file asks for. */
const initialPages = 256;

/**
 * A QuickJS instance that can never hold more than `memoryBytes`. The bound is the WebAssembly memory's own maximum: this build
 * cannot tell the size of an allocation (`malloc_usable_size unavailable`), so the runtime's memory limit counts next to nothing.
 *
 * `wasmLocation` is where the page finds the `.wasm` file; in Node it stands beside the package.
 */
export async function loadQuickJS(memoryBytes: number, wasmLocation?: string): Promise<QuickJSWASMModule> {
  const wasmMemory = new WebAssembly.Memory({
    initial: initialPages,
    maximum: Math.max(initialPages, Math.floor(memoryBytes / pageBytes)),
  });
  return await newQuickJSWASMModuleFromVariant(
    newVariant(variant, { wasmMemory, ...(wasmLocation === undefined ? {} : { wasmLocation }) }),
  );
}
