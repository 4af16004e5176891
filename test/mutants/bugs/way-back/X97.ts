import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X97',
  title: 'after an abort copies that waited are still counted as in flight',
  rule: 'nothing of a synchronisation outlives its abort',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `      freeTransfer(state, index);
      disk.copier.inFlightCount -= 1;
    }
  });`,
      replace: `      freeTransfer(state, index);
    }
  });`,
    },
  ],
} satisfies PlantedBug;
