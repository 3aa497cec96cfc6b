/** What the app's own upload is made of, bundled for measuring as the app's build bundles it. */
export { createHttpClient } from '../../src/main/adapters/http/http-client.ts'
export { createResumeApi } from '../../src/main/adapters/http/resume-api.ts'
export { createSpool } from '../../src/main/adapters/disk/spool.ts'
export { resume } from '../../src/shared/domain/sections/resume.ts'
export { systemClock, systemRandom, uniqueIds } from '../../src/main/adapters/clock/system.ts'
