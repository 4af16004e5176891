// Owns the vocabulary of an engine that is never run.

export const engine = {
  vocabulary: {
    states: ['none', 'setup'],
    commands: ['setup'],
    applicationOperations: ['read'],
    steps: ['commit.target.flush', 'commit.binding.write'],
    refusals: ['none', 'busy'],
    probes: ['write.waited-for-lock', 'commit.forced'],
  },
};
