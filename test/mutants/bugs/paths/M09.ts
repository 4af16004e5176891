import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'M09',
  title: 'a device is known by the port it once hung on',
  rule: 'devices are known by identity, never by path',
  edits: [
    {
      file: 'engine/state/inquiries.ts',
      find: '  attach(state, request.port, event.valueA, event.valueB);',
      replace:
        '  attach(state, request.port, state.devices[request.port % state.devices.length]?.identity ?? event.valueA, event.valueB);',
    },
  ],
} satisfies PlantedBug;
