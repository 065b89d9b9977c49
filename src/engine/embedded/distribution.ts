// The two servers that can be started: what to download, how to assemble it, how to run it.
import type { EngineKind } from '../../core/engine-kind.js';

/** `group:artifact:version[:type]`, as Maven names things. */
type Coordinates = string;

/** A module of the full server that the downloaded archive lacks: a folder with its jars and a descriptor. */
export interface ServerModule {
  readonly name: string;
  readonly className: string;
  readonly extends?: string;
  readonly jars: readonly Coordinates[];
  /** Java permissions the module needs */
  readonly permissions?: readonly string[];
}

export interface Distribution {
  readonly kind: EngineKind;
  readonly label: string;
  readonly version: string;
  /** size of the download, which is shown while it runs */
  readonly megabytes: number;
  readonly archive: Coordinates;
  readonly modules: readonly ServerModule[];
  /** prefix of its environment variables, e.g. `ES_JAVA_HOME` */
  readonly variables: string;
  /** of its configuration file, beside those that both engines get */
  readonly settings: Readonly<Record<string, boolean | string>>;
}

const elasticsearch: Distribution = {
  kind: 'elasticsearch',
  label: 'Elasticsearch',
  version: '9.2.0',
  megabytes: 100,
  archive: 'org.elasticsearch.distribution.integ-test-zip:elasticsearch:9.2.0:zip',
  modules: [],
  variables: 'ES',
  settings: { 'xpack.security.enabled': false },
};

const opensearch: Distribution = {
  kind: 'opensearch',
  label: 'OpenSearch',
  version: '3.4.0',
  megabytes: 140,
  archive: 'org.opensearch.distribution.integ-test-zip:opensearch:3.4.0:zip',
  variables: 'OPENSEARCH',
  settings: {},
  modules: [
    {
      name: 'lang-painless',
      className: 'org.opensearch.painless.PainlessModulePlugin',
      permissions: ['createClassLoader', 'getClassLoader'],
      jars: [
        'org.opensearch.plugin:lang-painless:3.4.0',
        'org.opensearch.plugin:opensearch-scripting-painless-spi:3.4.0',
        'org.antlr:antlr4-runtime:4.13.1',
        'org.ow2.asm:asm:9.7',
        'org.ow2.asm:asm-analysis:9.7',
        'org.ow2.asm:asm-commons:9.7',
        'org.ow2.asm:asm-tree:9.7',
        'org.ow2.asm:asm-util:9.7',
      ],
    },
    {
      name: 'analysis-common',
      className: 'org.opensearch.analysis.common.CommonAnalysisModulePlugin',
      extends: 'lang-painless',
      jars: ['org.opensearch.plugin:analysis-common:3.4.0'],
    },
    {
      name: 'lang-mustache',
      className: 'org.opensearch.script.mustache.MustacheModulePlugin',
      permissions: ['accessDeclaredMembers'],
      jars: [
        'org.opensearch.plugin:lang-mustache-client:3.4.0',
        'com.github.spullara.mustache.java:compiler:0.9.14',
      ],
    },
    {
      name: 'mapper-extras',
      className: 'org.opensearch.index.mapper.MapperExtrasModulePlugin',
      jars: ['org.opensearch.plugin:mapper-extras-client:3.4.0'],
    },
    {
      // Without reactive-streams, which the server has already: a second copy stops it ("jar hell").
      name: 'reindex',
      className: 'org.opensearch.index.reindex.ReindexModulePlugin',
      jars: [
        'org.opensearch.plugin:reindex-client:3.4.0',
        'org.opensearch.client:opensearch-rest-client:3.4.0',
        'org.opensearch:opensearch-ssl-config:3.4.0',
        'org.apache.httpcomponents.client5:httpclient5:5.4.4',
        'org.apache.httpcomponents.core5:httpcore5:5.3.4',
        'org.apache.httpcomponents.core5:httpcore5-h2:5.3.4',
        'org.apache.httpcomponents.core5:httpcore5-reactive:5.3.4',
        'commons-codec:commons-codec:1.18.0',
        'commons-logging:commons-logging:1.3.5',
        'org.slf4j:slf4j-api:2.0.17',
      ],
    },
  ],
};

export const DISTRIBUTIONS: Readonly<Record<EngineKind, Distribution>> = { elasticsearch, opensearch };

/** Folder inside the archive. */
export function archiveFolder({ kind, version }: Distribution): string {
  return `${kind}-${version}`;
}
