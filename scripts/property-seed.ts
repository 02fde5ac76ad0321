import fc from 'fast-check';

/**
 * Loaded before every test: properties are tried on the same inputs in each run, so that nobody's change is held up by what a
 * new input finds. `PROPERTY_SEED=random` (or a number) looks for such inputs.
 */
const { PROPERTY_SEED: given = '20261124' } = process.env;
if (given !== 'random') fc.configureGlobal({ seed: Number(given) });
