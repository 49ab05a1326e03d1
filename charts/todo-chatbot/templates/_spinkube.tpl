{{/* Whether the app is to run no pod at all. In mode spinkube there is no SpinApp then: the operator takes none with 0 replicas. */}}
{{- define "todo.stopped" -}}
{{- if eq (int .Values.replicaCount) 0 -}}true{{- end -}}
{{- end -}}

{{/* Whether SpinKube's pods are made hardened. */}}
{{- define "todo.hardened" -}}
{{- if and (eq .Values.mode "spinkube") .Values.spinkube.harden -}}true{{- end -}}
{{- end -}}

{{/* Whether the runtime's image pulls the artifact, in whichever mode. */}}
{{- define "todo.runtimePulls" -}}
{{- if or (eq .Values.mode "runtime-image") (and (eq .Values.mode "spinkube") (eq .Values.spinkube.runBy "runtime-image")) -}}true{{- end -}}
{{- end -}}

{{- define "todo.executorSpec" -}}
createDeployment: true
deploymentConfig:
  {{- if eq .Values.spinkube.runBy "runtime-class" }}
  runtimeClassName: {{ .Values.runtimeClass.name }}
  {{- else }}
  spinImage: {{ include "todo.image" (list . .Values.image) | quote }}
  {{- end }}
  installDefaultCACerts: {{ .Values.spinkube.installDefaultCACerts }}
  {{- with .Values.otel.endpoint }}
  otel:
    exporter_otlp_endpoint: {{ . }}
  {{- end }}
{{- end -}}

{{/* What the executor is. The operator does not look at executors, so this is also in the pods' annotations. */}}
{{- define "todo.executorChecksum" -}}
{{- list .Release.Namespace (include "todo.name" .) (include "todo.executorSpec" .) | join "\n" | sha256sum | trunc 12 -}}
{{- end -}}

{{/* Name of the executor. The operator lets an executor go only when no SpinApp of any namespace names one of that name, so the
namespace is in it; and its content is, so that a new app never runs on an executor of a release before. */}}
{{- define "todo.executor" -}}
{{- if .Values.spinkube.executor -}}
{{- .Values.spinkube.executor -}}
{{- else if .Values.spinkube.createExecutor -}}
{{- printf "%s-%s" (include "todo.name" .) .Release.Namespace | trunc 50 | trimSuffix "-" -}}-{{- include "todo.executorChecksum" . -}}
{{- else -}}
{{- include "todo.name" . -}}
{{- end -}}
{{- end -}}

{{/* Labels by which the chart's executors of this release are found. */}}
{{- define "todo.executorSelector" -}}
app.kubernetes.io/name={{ .Chart.Name }},app.kubernetes.io/instance={{ .Release.Name }},app.kubernetes.io/component=executor
{{- end -}}

{{/* What has to be there before the SpinApp, whatever tool applies it: Argo CD reads Helm's hooks as PreSync, Flux runs Helm
itself. Made or brought up to date (server-side apply), never removed in between: pods depend on it. */}}
{{- define "todo.beforeSpinApp" -}}
helm.sh/hook: pre-install,pre-upgrade,pre-rollback
helm.sh/hook-weight: "-10"
helm.sh/hook-delete-policy: hook-failed
argocd.argoproj.io/sync-wave: "-1"
{{- end -}}

{{/* The same object a second time, so that it goes with the release: Helm removes it, makes it and removes it, after the SpinApp
is gone. Only Helm itself asks the cluster, and only it gets these: of two objects of one name Argo CD would take one alone. */}}
{{- define "todo.afterDeletion" -}}
helm.sh/hook: post-delete
helm.sh/hook-weight: "0"
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{/* Whether Helm itself installs, and can ask the cluster: every namespace has this account. */}}
{{- define "todo.asksCluster" -}}
{{- if lookup "v1" "ServiceAccount" .Release.Namespace "default" -}}true{{- end -}}
{{- end -}}

{{/* The SpinApp of the release before, where Helm itself installs. */}}
{{- define "todo.spinAppBefore" -}}
{{- if and (include "todo.asksCluster" .) (.Capabilities.APIVersions.Has "core.spinkube.dev/v1alpha1/SpinApp") -}}
{{- lookup "core.spinkube.dev/v1alpha1" "SpinApp" .Release.Namespace (include "todo.name" .) | toYaml -}}
{{- end -}}
{{- end -}}
