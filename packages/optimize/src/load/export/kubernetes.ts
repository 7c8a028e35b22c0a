/** Manifests that run a load test on several machines of a cluster. */

/** Text as a literal block of YAML, two spaces deeper than its key. */
const block = (text: string, depth: number): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `${" ".repeat(depth)}${line}`))
    .join("\n");

export interface ManifestOptions {
  readonly name: string;
  readonly machines: number;
  /** Names of variables that come from a secret of this name. */
  readonly secrets: readonly string[];
}

/** A ConfigMap with the script and a TestRun of the k6 operator (k6.io/v1alpha1). The operator adds up nothing: thresholds hold for each pod alone. */
export function testRunManifest(script: string, { name, machines, secrets }: ManifestOptions): string {
  const from =
    secrets.length === 0
      ? ""
      : `
    envFrom:
      - secretRef:
          name: ${name}`;
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  load.js: |
${block(script, 4)}
---
apiVersion: k6.io/v1alpha1
kind: TestRun
metadata:
  name: ${name}
spec:
  parallelism: ${machines}
  separate: true
  script:
    configMap:
      name: ${name}
      file: load.js
  runner:
    resources:
      requests:
        cpu: "1"
        memory: 1Gi${from}
`;
}

/** A ConfigMap with the scenario and an Indexed Job of this program: each pod does its part of one schedule, and their results merge without loss. */
export function jobManifest(
  scenario: string,
  command: readonly string[],
  image: string,
  { name, machines, secrets }: ManifestOptions,
): string {
  const from =
    secrets.length === 0
      ? ""
      : `
          envFrom:
            - secretRef:
                name: ${name}`;
  return `# When all pods are done: kubectl logs -l job-name=${name} --tail=-1 --prefix=false > parts.jsonl
# then: optimize load merge parts.jsonl
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  load.jsonc: |
${block(scenario, 4)}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  completions: ${machines}
  parallelism: ${machines}
  completionMode: Indexed
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              job-name: ${name}
      containers:
        - name: load
          image: ${JSON.stringify(image)}
          command: ${JSON.stringify([...command, "--segment", `$(JOB_COMPLETION_INDEX)/${machines}`, "--format", "json"])}
          resources:
            requests:
              cpu: "1"
              memory: 512Mi${from}
          volumeMounts:
            - name: scenario
              mountPath: /load
      volumes:
        - name: scenario
          configMap:
            name: ${name}
`;
}
