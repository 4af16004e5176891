import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N09',
  title: 'a query is refused while a procedure is in progress',
  rule: 'query and progress are always available',
  edits: [
    {
      file: 'engine/control/commands.ts',
      find: `  if (event.command === 'query') {
`,
      replace: `  if (event.command === 'query' && disk.procedure === undefined) {
`,
    },
    {
      file: 'engine/control/commands.ts',
      find: `function refusalOf(disk: DiskState, command: Exclude<Command, 'query'>): Refusal | undefined {
`,
      replace: `function refusalOf(disk: DiskState, command: Command): Refusal | undefined {
  if (command === 'query') return 'busy';
`,
    },
    {
      file: 'engine/control/commands.ts',
      find: `  if (refusal !== undefined) out`,
      replace: `  if (event.command === 'query' || refusal !== undefined) out`,
    },
    {
      file: 'engine/control/commands.ts',
      find: `'refused', refusal);
  else if`,
      replace: `'refused', refusal ?? 'busy');
  else if`,
    },
  ],
} satisfies PlantedBug;
