import type { CareerKind, CareerRecord } from '../store/state'

type Fields = Readonly<Record<string, unknown>>
type Row = readonly [id: number, createdAt: string, fields: Fields, username?: string]

const NOTHING = { data: null, metadata: null }
const PLACE = { website: null, accreditation: null, established_year: null, ...NOTHING }
const FIRM = { industry: null, website: null, logo_url: null, ...NOTHING }
const STUDY = { grade: null, activities: null, description: null, is_current: false, ...NOTHING }
const WORK = { end_date: null, is_current: false, description: null, ...NOTHING }

const INSTITUTIONS: readonly Row[] = [
  [
    57,
    '2025-01-04T09:00:00Z',
    {
      ...PLACE,
      name: 'University of Jordan',
      institution_type: 'university',
      location: 'Amman',
      website: 'https://www.ju.edu.jo',
      established_year: 1962,
    },
  ],
  [
    58,
    '2025-01-06T11:20:00Z',
    {
      ...PLACE,
      name: 'Delft Open Water School',
      institution_type: 'academy',
      location: 'Delft',
      website: 'https://openwater.example',
    },
  ],
  [
    59,
    '2025-01-06T11:24:00Z',
    { ...PLACE, name: 'Aqaba Technical College', institution_type: 'college', location: 'Aqaba' },
  ],
  [
    60,
    '2025-02-14T08:41:00Z',
    {
      ...PLACE,
      name: 'Universidad de Granada',
      institution_type: 'university',
      location: 'Granada',
      established_year: 1531,
    },
    't.ibarra',
  ],
  [
    61,
    '2025-05-30T13:05:00Z',
    {
      ...PLACE,
      name: 'Yarmouk University',
      institution_type: 'university',
      location: 'Irbid',
      established_year: 1976,
    },
    's.okafor',
  ],
  [
    62,
    '2025-06-18T07:52:00Z',
    { ...PLACE, name: 'Royal Water Institute', institution_type: 'institute', location: 'Amman' },
    's.okafor',
  ],
]

const EDUCATION: readonly Row[] = [
  [
    311,
    '2025-01-04T09:05:12.004211Z',
    {
      ...STUDY,
      parent: 57,
      degree: 'MSc',
      field_of_study: 'Hydrology',
      start_date: '2011-09-01',
      end_date: '2013-06-30',
      grade: '3.85',
      activities: 'Field station volunteer',
      description:
        'Thesis on flash-flood lag times in Wadi Mujib, from eleven years of gauge records.',
      metadata: {},
    },
  ],
  [
    312,
    '2025-01-04T09:11:40.510337Z',
    {
      ...STUDY,
      parent: 57,
      degree: 'BSc',
      field_of_study: 'Civil Engineering',
      start_date: '2006-09-01',
      end_date: '2010-06-30',
      grade: '3.42',
    },
  ],
  [
    318,
    '2025-01-06T11:31:02.230018Z',
    {
      ...STUDY,
      parent: 59,
      degree: 'Short course',
      field_of_study: 'Remote Sensing',
      start_date: '2019-02-04',
      end_date: '2019-06-27',
      activities: 'Group project on reservoir surface area',
    },
  ],
  [
    340,
    '2025-08-21T14:02:55.908100Z',
    {
      ...STUDY,
      parent: 58,
      degree: 'Certificate',
      field_of_study: 'Geospatial Data Science',
      start_date: '2025-09-01',
      end_date: '2027-06-30',
      is_current: true,
    },
  ],
  [
    341,
    '2025-09-09T09:09:09.000000Z',
    {
      ...STUDY,
      parent: 60,
      degree: 'Grado',
      field_of_study: 'Historia',
      start_date: '2015-09-01',
      end_date: '2019-06-30',
    },
    't.ibarra',
  ],
]

const COMPANIES: readonly Row[] = [
  [
    140,
    '2024-05-02T10:00:00Z',
    {
      ...FIRM,
      name: 'Blue Aquifer Ltd',
      industry: 'Energy',
      website: 'https://blueaquifer.example',
    },
  ],
  [
    141,
    '2024-05-02T10:08:00Z',
    { ...FIRM, name: 'Delta Gauge', industry: 'Other', website: 'https://deltagauge.example' },
  ],
  [142, '2024-05-02T10:15:00Z', { ...FIRM, name: 'Wadi Survey Office', industry: 'Government' }],
  [143, '2024-05-02T10:22:00Z', { ...FIRM, name: 'Karak Weather Mast' }],
  [
    150,
    '2025-03-03T16:40:00Z',
    { ...FIRM, name: 'Archivo Municipal', industry: 'Government' },
    't.ibarra',
  ],
]

const EXPERIENCE: readonly Row[] = [
  [
    902,
    '2024-05-02T10:03:00Z',
    {
      ...WORK,
      parent: 140,
      title: 'Lead data engineer',
      employment_type: 'Full Time',
      location: 'Amman',
      start_date: '2021-03-01',
      is_current: true,
      description: 'Forecast pipelines for the Zarqa and Yarmouk basins; a team of four.',
    },
  ],
  [
    903,
    '2024-05-02T10:11:00Z',
    {
      ...WORK,
      parent: 141,
      title: 'Data engineer',
      employment_type: 'Full Time',
      location: 'Aqaba',
      start_date: '2018-01-01',
      end_date: '2021-02-28',
      description: 'Telemetry store for 1,900 river and well sensors.',
    },
  ],
  [
    904,
    '2024-05-02T10:17:00Z',
    {
      ...WORK,
      parent: 142,
      title: 'Hydrologist',
      employment_type: 'Full Time',
      location: 'Karak',
      start_date: '2013-08-01',
      end_date: '2017-12-31',
      description: 'Flood lag studies and rating curves.',
    },
  ],
  [
    905,
    '2024-05-02T10:19:00Z',
    {
      ...WORK,
      parent: 142,
      title: 'Field assistant',
      employment_type: 'Part Time',
      location: 'Karak',
      start_date: '2010-07-01',
      end_date: '2011-08-31',
      description: 'Discharge measurements and station repair.',
    },
  ],
  [
    906,
    '2024-05-02T10:24:00Z',
    {
      ...WORK,
      parent: 143,
      title: 'Summer intern',
      employment_type: 'Other',
      location: 'Karak',
      start_date: '2009-06-14',
      end_date: '2009-08-27',
    },
  ],
]

const ROWS: Readonly<Record<CareerKind, readonly Row[]>> = {
  institutions: INSTITUTIONS,
  education: EDUCATION,
  companies: COMPANIES,
  experience: EXPERIENCE,
}

export function seedCareer(filled: boolean): Record<CareerKind, CareerRecord[]> {
  const records = (kind: CareerKind): CareerRecord[] => ROWS[kind].map(toRecord)
  const withoutNoor = (kind: CareerKind): CareerRecord[] =>
    records(kind).filter((record) => filled || record.username !== 'noor.haddad')
  return {
    institutions: records('institutions'),
    companies: withoutNoor('companies'),
    education: withoutNoor('education'),
    experience: withoutNoor('experience'),
  }
}

function toRecord([id, createdAt, fields, username = 'noor.haddad']: Row): CareerRecord {
  return { id, org: 'northwind', username, fields: { ...fields }, createdAt, updatedAt: createdAt }
}
