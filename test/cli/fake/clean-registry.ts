// Owns a registry of which every run passes, so that the gates of a whole suite can be looked at alone.

export const scenarios = [
  { name: 'steady', title: 'nothing goes wrong' },
  { name: 'chatty', title: 'prints to standard output' },
];
