import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X90',
  title: 'an abort from target-selected does not drain',
  rule: 'from target-selected: holds and drains',
  edits: [
    {
      file: 'engine/procedures/abort.ts',
      find: `export const abort: readonly Stage[] = [
  inTargetSelected(hold()),
  inTargetSelected(drain()),`,
      replace: `export const abort: readonly Stage[] = [
  inTargetSelected(hold()),`,
    },
  ],
} satisfies PlantedBug;
