// A Maven project whose build assembles a server: unpacks the archive, copies each module's jars into place.
import { archiveFolder, type Distribution } from './distribution.js';

/** The text of `pom.xml`; its `generate-resources` phase fills the folder `server` beside it. */
export function mavenProject(distribution: Distribution): string {
  const home = `server/${archiveFolder(distribution)}`;
  const jars = distribution.modules.flatMap(({ name, jars: coordinates }) =>
    coordinates.map((jar) => artifactItem(jar, `${home}/modules/${name}`)),
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kindred</groupId>
  <artifactId>${distribution.kind}</artifactId>
  <version>${distribution.version}</version>
  <packaging>pom</packaging>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>3.8.1</version>
        <executions>
${execution('unpack', artifactItem(distribution.archive, 'server'))}
${jars.length > 0 ? execution('copy', jars.join('\n')) : ''}
        </executions>
      </plugin>
    </plugins>
  </build>
</project>
`;
}

function execution(goal: string, items: string): string {
  return `<execution>
  <id>${goal}</id>
  <phase>generate-resources</phase>
  <goals><goal>${goal}</goal></goals>
  <configuration><artifactItems>${items}</artifactItems></configuration>
</execution>`;
}

function artifactItem(coordinates: string, folder: string): string {
  const [group, artifact, version, type = 'jar'] = coordinates.split(':');
  return `<artifactItem>
  <groupId>${group}</groupId>
  <artifactId>${artifact}</artifactId>
  <version>${version}</version>
  <type>${type}</type>
  <outputDirectory>${folder}</outputDirectory>
</artifactItem>`;
}
