/** WebAssembly modules from functions: of one kernel, or of several in one file. */

import { CALLEE, code, i32, type Local, type Scope, type Statement, type ValueType } from './assembler.js';
import { encodeSection, encodeSized, encodeText, encodeU32, encodeVector, TYPE_BYTE } from './binary.js';
import { CONSTANTS } from './names.js';

export interface WasmFunction {
  /** Exported under this name. */
  readonly name: string;
  /** All are i32; nothing is returned. */
  readonly params: number;
  body(scope: Scope): Statement;
}

/** Functions that work on one layout of a memory. They see each other by index. */
export interface WasmKernel {
  readonly functions: readonly WasmFunction[];
  /** Bytes at address 0 from the start; asked for after the functions' bodies. Absent: none. */
  constants?(): readonly number[];
}

/** A module of one kernel, with an imported memory `env.memory` of a page or more. */
export function wasmModule({ functions, constants }: WasmKernel): Uint8Array<ArrayBuffer> {
  const bodies = functions.map((one) => encodeFunction(one, 0));
  const bytes = constants?.() ?? [];
  const data =
    bytes.length === 0 ? [] : encodeSection(11, encodeVector([[0x00, ...i32(0).bytes, 0x0b, ...encodeSized(bytes)]]));
  return assembleModule(functions, bodies, data);
}

/**
 * A module of several kernels, for runtimes that compile none and import files. A function of a kernel is exported as
 * `kernel.name`. Each kernel may be given a memory of its own, so its constants are written by `kernel.constants()`.
 */
export function wasmLibrary(kernels: Readonly<Record<string, WasmKernel>>): Uint8Array<ArrayBuffer> {
  const functions: WasmFunction[] = [];
  const bodies: number[][] = [];
  const segments: number[][] = [];
  for (const [kernel, { functions: own, constants }] of Object.entries(kernels)) {
    const base = functions.length;
    bodies.push(...own.map((one) => encodeFunction(one, base)));
    functions.push(...own.map((one) => ({ ...one, name: `${kernel}.${one.name}` })));
    const bytes = constants?.() ?? [];
    if (bytes.length === 0) continue;
    const initialize: WasmFunction = {
      name: `${kernel}.${CONSTANTS}`,
      params: 0,
      body: () => initializeMemory(segments.length, bytes.length),
    };
    functions.push(initialize);
    bodies.push(encodeFunction(initialize, base));
    segments.push([0x01, ...encodeSized(bytes)]);
  }
  return assembleModule(
    functions,
    bodies,
    encodeSection(11, encodeVector(segments)),
    encodeSection(12, encodeU32(segments.length)),
  );
}

/** memory.init: a passive segment to address 0. */
function initializeMemory(segment: number, length: number): Statement {
  return code('none', i32(0).bytes, i32(0).bytes, i32(length).bytes, 0xfc, 8, encodeU32(segment), 0);
}

function assembleModule(
  functions: readonly WasmFunction[],
  bodies: readonly (readonly number[])[],
  data: readonly number[],
  dataCount: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const arities = [...new Set(functions.map(({ params }) => params))];
  const types = arities.map((params) => [
    0x60,
    ...encodeVector(Array.from({ length: params }, () => [TYPE_BYTE.i32])),
    0,
  ]);
  const memory = [...encodeText('env'), ...encodeText('memory'), 0x02, 0x00, ...encodeU32(1)];
  const exports = functions.map(({ name }, index) => [...encodeText(name), 0x00, ...encodeU32(index)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...encodeSection(1, encodeVector(types)),
    ...encodeSection(2, encodeVector([memory])),
    ...encodeSection(3, encodeVector(functions.map(({ params }) => encodeU32(arities.indexOf(params))))),
    ...encodeSection(7, encodeVector(exports)),
    ...dataCount,
    ...encodeSection(10, encodeVector(bodies)),
    ...data,
  ]);
}

/** @param base index of the kernel's first function. */
function encodeFunction({ params: count, body }: WasmFunction, base: number): number[] {
  const locals: ValueType[] = [];
  const place = <T extends ValueType>(type: T, index: number): Local<T> => ({
    get: code(type, 0x20, encodeU32(index)),
    set: (value) => code('none', value.bytes, 0x21, encodeU32(index)),
  });
  const { bytes } = body({
    params: Array.from({ length: count }, (_, index) => place('i32', index)),
    local(type) {
      locals.push(type);
      return place(type, count + locals.length - 1);
    },
  });
  const declared = encodeVector(locals.map((type) => [1, TYPE_BYTE[type]]));
  const linked = bytes.flatMap((byte) => (byte < CALLEE ? [byte] : encodeU32(base + byte - CALLEE)));
  return encodeSized([...declared, ...linked, 0x0b]);
}
