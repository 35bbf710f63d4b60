/** For `npm run test:long`: laws are tried on many more examples. */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 1000 });
