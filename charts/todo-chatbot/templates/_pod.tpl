{{/* Environment of an app container: settings and variables by a ConfigMap, secrets one by one. */}}
{{- define "todo.environment" -}}
envFrom:
  - configMapRef:
      name: {{ include "todo.name" . }}
env:
  {{- range $name, $optional := include "todo.secretVariables" . | fromYaml }}
  - name: SPIN_VARIABLE_{{ upper $name }}
    valueFrom:
      secretKeyRef:
        name: {{ include "todo.secretName" $ }}
        key: {{ $name }}
        {{- if $optional }}
        optional: true
        {{- end }}
  {{- end }}
  {{- range $name, $value := include "todo.registryEnvironment" . | fromYaml }}
  - name: {{ $name }}
    value: {{ $value }}
  {{- end }}
{{- end -}}

{{/* Where a runtime that pulls the artifact finds key, password and authorities. */}}
{{- define "todo.registryEnvironment" -}}
{{- if include "todo.runtimePulls" . }}
{{- if .Values.artifact.verifyKey }}
RUNTIME_SHIM_VERIFY_KEY: /etc/runtime-shim/verify-key.pem
{{- end }}
{{- if .Values.artifact.pullSecret }}
DOCKER_CONFIG: /etc/runtime-shim/registry
{{- end }}
{{- if .Values.artifact.caConfigMap }}
RUNTIME_SHIM_REGISTRY_CA_FILE: /etc/runtime-shim/authorities/ca.crt
{{- end }}
{{- end }}
{{- end -}}

{{/* What the container is told to run. A node's shim takes nothing, but the kubelet wants a command. */}}
{{- define "todo.command" -}}
{{- if eq .Values.mode "runtime-class" -}}
command: ["/"]
{{- else -}}
args:
  - up
  - --listen
  - 0.0.0.0:{{ .Values.runtime.port }}
  - --from
  - {{ include "todo.image" (list . .Values.artifact) }}
  - --runtime-config-file
  - /runtime-config.toml
  {{- range .Values.runtime.args }}
  - {{ . | quote }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "todo.probes" -}}
{{- $probes := .Values.probes -}}
startupProbe:
  httpGet:
    path: /livez
    port: http-app
  periodSeconds: 1
  timeoutSeconds: {{ $probes.timeoutSeconds }}
  failureThreshold: {{ $probes.startupSeconds }}
readinessProbe:
  httpGet:
    path: /readyz
    port: http-app
  periodSeconds: {{ $probes.readinessPeriodSeconds }}
  timeoutSeconds: {{ $probes.timeoutSeconds }}
  failureThreshold: 2
livenessProbe:
  httpGet:
    path: /livez
    port: http-app
  periodSeconds: {{ $probes.livenessPeriodSeconds }}
  timeoutSeconds: {{ $probes.timeoutSeconds }}
  failureThreshold: 3
{{- end -}}

{{- define "todo.volumeMounts" -}}
volumeMounts:
  - name: files
    mountPath: /runtime-config.toml
    subPath: runtime-config.toml
    readOnly: true
  {{- with include "todo.runtimeMounts" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* Mounts of a runtime that pulls the artifact, whoever makes its pod. */}}
{{- define "todo.runtimeMounts" -}}
{{- if include "todo.runtimePulls" . }}
- name: tmp
  mountPath: /tmp
{{- if .Values.artifact.verifyKey }}
- name: files
  mountPath: /etc/runtime-shim/verify-key.pem
  subPath: verify-key.pem
  readOnly: true
{{- end }}
{{- if .Values.artifact.pullSecret }}
- name: registry
  mountPath: /etc/runtime-shim/registry
  readOnly: true
{{- end }}
{{- if .Values.artifact.caConfigMap }}
- name: authorities
  mountPath: /etc/runtime-shim/authorities
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{- define "todo.volumes" -}}
volumes:
  {{- include "todo.filesVolume" . | nindent 2 }}
  {{- with include "todo.runtimeVolumes" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "todo.filesVolume" -}}
- name: files
  configMap:
    name: {{ include "todo.name" . }}-files
{{- end -}}

{{/* Volumes of a runtime that pulls the artifact: what it pulls and compiles, all else being read-only, and what it pulls with. */}}
{{- define "todo.runtimeVolumes" -}}
{{- if include "todo.runtimePulls" . }}
- name: tmp
  emptyDir:
    sizeLimit: 512Mi
{{- if .Values.artifact.caConfigMap }}
- name: authorities
  configMap:
    name: {{ .Values.artifact.caConfigMap }}
{{- end }}
{{- if .Values.artifact.pullSecret }}
- name: registry
  secret:
    secretName: {{ .Values.artifact.pullSecret }}
    defaultMode: 0440
    items:
      - key: .dockerconfigjson
        path: config.json
{{- end }}
{{- end }}
{{- end -}}

{{- define "todo.spread" -}}
{{- if .Values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    {{- /* A node without a zone's label belongs to no zone, so a hard rule would keep every pod off it. */}}
    whenUnsatisfiable: {{ ternary $.Values.topologySpread.zonesWhenUnsatisfiable $.Values.topologySpread.whenUnsatisfiable (hasSuffix "/zone" .) }}
    {{- if hasSuffix "/hostname" . }}
    {{- /* A node that is drained counts no more, or its pods could go nowhere. */}}
    nodeTaintsPolicy: Honor
    {{- end }}
    labelSelector:
      matchLabels:
        {{- include "todo.selector" $ | nindent 8 }}
        app.kubernetes.io/component: app
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end }}
{{- end -}}

{{/* The pods of the app, as a Deployment or a Rollout makes them. */}}
{{- define "todo.podTemplate" -}}
metadata:
  labels:
    {{- include "todo.podLabels" (list . "app") | nindent 4 }}
  annotations:
    checksum/config: {{ include "todo.checksum" . }}
    kubectl.kubernetes.io/default-container: app
spec:
  serviceAccountName: {{ include "todo.serviceAccountName" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if eq .Values.mode "runtime-class" }}
  runtimeClassName: {{ .Values.runtimeClass.name }}
  {{- end }}
  {{- with include "todo.pullSecrets" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  terminationGracePeriodSeconds: {{ add .Values.preStopSeconds .Values.drainSeconds .Values.graceSeconds 5 }}
  securityContext:
    {{- include "todo.podSecurity" .Values.runtime.user | nindent 4 }}
  {{- with include "todo.spread" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 50
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "todo.selector" . | nindent 16 }}
                app.kubernetes.io/component: app
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: app
      {{- include "todo.containerImage" . | nindent 6 }}
      {{- include "todo.command" . | nindent 6 }}
      {{- include "todo.environment" . | nindent 6 }}
      ports:
        - name: http-app
          containerPort: {{ .Values.runtime.port }}
        - name: metrics
          containerPort: {{ .Values.runtime.metricsPort }}
      {{- include "todo.probes" . | nindent 6 }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ .Values.preStopSeconds }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        {{- include "todo.containerSecurity" . | nindent 8 }}
      {{- include "todo.volumeMounts" . | nindent 6 }}
  {{- include "todo.volumes" . | nindent 2 }}
{{- end -}}
