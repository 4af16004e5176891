import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'D01',
  title: 'a configure message is believed without a look at the shared record',
  rule: 'shared records are read from the device when they matter',
  edits: [
    {
      file: 'engine/procedures/standby.ts',
      find: `    return preparing && isVisible(context.state, source)`,
      replace: `    return (preparing || migration > 0) && isVisible(context.state, source)`,
    },
  ],
} satisfies PlantedBug;
