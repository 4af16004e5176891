/** Owns where the data files of planted bugs find their form. */

export type { PlantedBug } from '../../sim/mutants/planted-bug.js';
