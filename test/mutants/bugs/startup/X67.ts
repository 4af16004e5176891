import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X67',
  title: 'a fault recorded at shutdown is forgotten at startup',
  rule: 'fault record on target: forced error transition before any application I/O',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `    return become(context, local.targetFault ? 'startupWithFault' : 'startupResume');`,
      replace: `    return become(context, 'startupResume');`,
    },
  ],
} satisfies PlantedBug;
