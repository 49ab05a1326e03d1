{{/* A SpinApp's spec without the annotations of its Deployment. */}}
{{- define "todo.spinAppSpec" -}}
image: {{ include "todo.image" (list . .Values.artifact) | quote }}
executor: {{ include "todo.executor" . }}
{{- if include "todo.autoscaled" . }}
enableAutoscaling: true
{{- else }}
replicas: {{ .Values.replicaCount }}
{{- end }}
serviceAccountName: {{ include "todo.serviceAccountName" . }}
{{- with include "todo.pullSecrets" . | trim }}
{{ . }}
{{- end }}
podLabels:
  {{- include "todo.podLabels" (list . "app") | nindent 2 }}
podAnnotations:
  checksum/config: {{ include "todo.checksum" . }}
  {{- if .Values.spinkube.createExecutor }}
  checksum/executor: {{ include "todo.executorChecksum" . | quote }}
  {{- end }}
  {{- if .Values.spinkube.harden }}
  checksum/hardening: {{ include "todo.hardeningChecksum" . | quote }}
  {{- end }}
{{- with .Values.service.annotations }}
serviceAnnotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
checks:
  {{- /* The operator's webhook writes `null` where there are no headers, which its definition refuses. */}}
  readiness:
    httpGet:
      path: /readyz
      httpHeaders: []
    initialDelaySeconds: 0
    periodSeconds: {{ .Values.probes.readinessPeriodSeconds }}
    timeoutSeconds: {{ .Values.probes.timeoutSeconds }}
    failureThreshold: 2
  liveness:
    httpGet:
      path: /livez
      httpHeaders: []
    {{- /* SpinKube has no startup probe, so a runtime that compiles is given its time here. */}}
    initialDelaySeconds: {{ .Values.spinkube.livenessDelaySeconds | default .Values.probes.startupSeconds }}
    periodSeconds: {{ .Values.probes.livenessPeriodSeconds }}
    timeoutSeconds: {{ .Values.probes.timeoutSeconds }}
    failureThreshold: 3
resources:
  {{- toYaml .Values.resources | nindent 2 }}
runtimeConfig:
  loadFromSecret: {{ include "todo.name" . }}-runtime-config
variables:
  {{- range $name, $_ := include "todo.variables" . | fromYaml }}
  - name: {{ $name }}
    valueFrom:
      configMapKeyRef:
        name: {{ include "todo.name" $ }}
        key: SPIN_VARIABLE_{{ upper $name }}
  {{- end }}
  {{- range $name, $optional := include "todo.secretVariables" . | fromYaml }}
  - name: {{ $name }}
    valueFrom:
      secretKeyRef:
        name: {{ include "todo.secretName" $ }}
        key: {{ $name }}
        {{- if $optional }}
        optional: true
        {{- end }}
  {{- end }}
{{- with include "todo.runtimeVolumes" . | trim }}
volumes:
  {{- . | nindent 2 }}
  {{- if $.Values.artifact.verifyKey }}
  {{- include "todo.filesVolume" $ | nindent 2 }}
  {{- end }}
volumeMounts:
  {{- include "todo.runtimeMounts" $ | trim | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Which SpinApp a Deployment was made of: on the Deployment, not in its pods, so that what pods do not read rolls nothing. */}}
{{- define "todo.spinAppChecksum" -}}
{{- include "todo.spinAppSpec" . | sha256sum | trunc 16 -}}
{{- end -}}
