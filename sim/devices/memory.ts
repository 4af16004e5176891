/**
 * Owns the choice of memory for what holds block bytes: planes and DMA slots. Threads that look at it need shared memory. V8 copies that with
 * one atomic access a word, several times slower than memory of one thread alone, so that it is taken only where there are such threads.
 */

/**
 * Memory of so many bytes and more the C library maps by itself: what was never touched is only address space, and what is dropped goes back whole.
 * Smaller memory that comes and goes leaves holes in its heap, and has it map less and less of what follows. So what is kept from run to run and
 * grows with what a run does begins as large as this, and is made anew after a run that needed far more than most.
 */
export const MAPPED_BYTES = 2 ** 25;

/** @returns zeroed memory of so many bytes. */
export type NewMemory = (bytesCount: number) => ArrayBufferLike;

export const newSharedMemory: NewMemory = (bytesCount) => new SharedArrayBuffer(bytesCount);
export const newPrivateMemory: NewMemory = (bytesCount) => new ArrayBuffer(bytesCount);
