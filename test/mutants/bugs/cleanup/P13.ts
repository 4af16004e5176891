import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P13',
  title: 'cleanup makes no retirement record for nodes that were away',
  rule: 'a retirement record is durable before in-progress is cleared',
  note: 'Nodes that can be reached are waited for; only those that are away depend on the record.',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: '    return { retirements: [...others, retirement].slice(-RETIREMENTS_MAX) };',
      replace: '    return { retirements: others.slice(-RETIREMENTS_MAX) };',
    },
  ],
} satisfies PlantedBug;
