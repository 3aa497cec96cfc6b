export type CategorySlug =
  'knowledge_gaps' | 'learning_goals' | 'preferences' | 'progress_milestones' | 'personal_context'

export type AgentKey = 'coach' | 'tutor' | 'writer' | 'everyone'

export type FixedMemory = readonly [
  agent: AgentKey,
  category: CategorySlug | null,
  automatic: boolean,
  date: string,
  content: string,
]

/** The newest ones, newest first. */
export const FIXED_MEMORIES: readonly FixedMemory[] = [
  ['coach', 'learning_goals', false, '2026-11-09', 'Wants to pass the GIS exam in May.'],
  [
    'tutor',
    'preferences',
    true,
    '2026-11-07',
    'Reads papers in English but likes the summary in Arabic.',
  ],
  [
    'coach',
    'knowledge_gaps',
    true,
    '2026-11-05',
    'Mixes up raster resampling methods; ask before assuming nearest neighbour was meant.',
  ],
  [
    'tutor',
    'progress_milestones',
    true,
    '2026-11-02',
    'Finished the first four units of Hydrological Modelling.',
  ],
  ['everyone', null, true, '2026-10-30', 'Prefers worked examples in Python.'],
  [
    'tutor',
    'preferences',
    true,
    '2026-10-28',
    'Finds a Kalman filter easier from a plotted example than from the algebra.',
  ],
  ['everyone', null, false, '2026-10-21', 'Works in the Amman office, UTC+3; metric units only.'],
  [
    'tutor',
    'knowledge_gaps',
    true,
    '2026-10-18',
    'Unsure how to choose a variogram model when gauges are sparse.',
  ],
  [
    'writer',
    'personal_context',
    false,
    '2026-10-12',
    'Mentors two junior engineers on forecast pipelines.',
  ],
  [
    'coach',
    'progress_milestones',
    true,
    '2026-10-03',
    'Passed the remote sensing quiz at the second try, 86 %.',
  ],
  ['everyone', null, true, '2026-09-27', 'Prefers short answers first, detail on request.'],
]

export const TOPICS: readonly string[] = [
  'raster resampling',
  'ordinary kriging',
  'unit hydrographs',
  'rating curves',
  'coordinate reference systems',
  'spatial joins',
  'Kalman filtering',
  'the water balance of a karst spring',
  'rainfall disaggregation',
  'groundwater recharge',
  'window functions in SQL',
  'bias correction of forecasts',
  'quantile mapping',
  'flood frequency analysis',
  'change detection in Sentinel-2 scenes',
  'baseflow separation',
  'soil moisture retrieval',
  'ensemble verification',
  'map projections',
  'evapotranspiration formulas',
  'telemetry gap filling',
  'backfills in Airflow',
  'writing an abstract',
  'reservoir rule curves',
]

type Template = readonly [
  agent: AgentKey,
  category: CategorySlug | null,
  automatic: boolean,
  text: string,
]

/** `{}` is the topic. Each pair of template and topic gives one text. */
export const TEMPLATES: readonly Template[] = [
  [
    'tutor',
    'knowledge_gaps',
    true,
    'Needs a reminder of the assumptions behind {} before the formulas.',
  ],
  ['coach', 'learning_goals', true, 'Plans to revise {} before the mock exam in February.'],
  ['everyone', null, true, 'Asked for {} to be explained with a case from the Zarqa basin.'],
  ['tutor', 'progress_milestones', true, 'Completed the exercise set on {} without hints.'],
  [
    'writer',
    'preferences',
    true,
    'Likes a plain-language paragraph on {} before the technical one.',
  ],
  ['coach', 'knowledge_gaps', true, 'Got two practice questions on {} wrong for the same reason.'],
  [
    'writer',
    'personal_context',
    false,
    'Is preparing an internal talk about {} for the two juniors.',
  ],
  ['everyone', null, false, 'Has used {} at work since joining Blue Aquifer.'],
]
