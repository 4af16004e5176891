/**
 * Owns the choice of memory for what holds block bytes: planes and DMA slots. Threads that look at it need shared memory. V8 copies that with
 * one atomic access a word, several times slower than memory of one thread alone, so that it is taken only where there are such threads.
 */

/** @returns zeroed memory of so many bytes. */
export type NewMemory = (bytesCount: number) => ArrayBufferLike;

export const newSharedMemory: NewMemory = (bytesCount) => new SharedArrayBuffer(bytesCount);
export const newPrivateMemory: NewMemory = (bytesCount) => new ArrayBuffer(bytesCount);
