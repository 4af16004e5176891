// Owns the names of the fake runs, as a registry of scenarios would give them.

export const scenarios = [
  { name: 'steady', title: 'nothing goes wrong' },
  { name: 'failing', title: 'every fifth seed loses a write' },
  { name: 'throwing', title: 'the third seed throws' },
  { name: 'splitting', title: 'the placements disagree' },
  { name: 'chatty', title: 'prints to standard output' },
];
