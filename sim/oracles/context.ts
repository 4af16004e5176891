/**
 * Owns what oracles are given besides the observations: the project's own record codec and the layout of the records, as values, so
 * that nothing of the engine build under test takes part in the judgement. Both modules of the built-in engine fit as they are.
 */

import type * as Codec from '../../engine/records/codec.js';
import type * as Layout from '../../engine/records/layout.js';

export interface OracleContext {
  readonly codec: Pick<typeof Codec, 'decodeRecord' | 'encodeRecord' | 'subjectOf'>;
  readonly layout: Pick<
    typeof Layout,
    | 'sharedRecordSector'
    | 'labelSector'
    | 'localRecordSector'
    | 'acknowledgementSector'
    | 'regionMapSector'
    | 'RECORD_BYTES'
    | 'RECORD_SECTORS'
    | 'COPY_STRIDE_SECTORS'
    | 'RECORD_PAIR_SECTORS'
  >;
}
