/**
 * How each table lies when Almanac is spread over several machines (Citus): by the column whose value decides the machine;
 * `reference` = a small table, copied to every machine; `local` = stays on the coordinator.
 * A test holds the live schema against this list and the rules that Citus has for it.
 */
export const distribution: Readonly<Record<string, string>> = {
  'almanac.accounts': 'local',
  'almanac.internal_tokens': 'local',
  'almanac.evidence': 'local',
  'almanac.evidence_state': 'local',
  'almanac.usage_sources': 'reference',
  'almanac.usage_salts': 'local',
  'almanac.usage_salts_destroyed': 'local',
  'almanac.work_lookups': 'local',

  'almanac.records': 'reference',
  'almanac.registry_state': 'local',
  'almanac.record_changes': 'local',
  'almanac.record_history': 'local',
  'almanac.record_statistics': 'local',
  'almanac.suggestions': 'local',
  'almanac.api_usage': 'local',
  'almanac.api_usage_days': 'local',

  'almanac.compliance_jobs': 'local',
  'almanac.compliance_originals': 'local',
  'almanac.compliance_records': 'local',
  'almanac.compliance_ignored': 'local',
  'almanac.compliance_duplicates': 'local',
  'almanac.compliance_webhooks': 'local',
  'almanac.compliance_answers': 'local',
  'almanac.compliance_sources': 'local',

  'derived.works': 'work_id',
  'derived.works_state': 'local',
  'derived.work_identifiers': 'key',
  'derived.publication_records': 'key',
  'derived.publication_urls': 'key',
  'derived.entities': 'entity_id',
  'derived.entity_ids': 'key',
  'derived.author_ids': 'key',
  'derived.work_entities': 'work_id',
  'derived.work_usage_partners': 'work_id',

  'derived.usage_agents': 'reference',
  'derived.usage_events': 'work_id',
  'derived.usage_records': 'key',
  'derived.usage_dirty_days': 'local',
  'derived.usage_dirty_entities': 'local',
  'derived.usage_work_days': 'work_id',
  'derived.usage_work_periods': 'work_id',
  'derived.usage_entity_periods': 'entity_id',
  'derived.usage_state': 'local',
};
