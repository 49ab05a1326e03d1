{{/* The name everything of this release starts with. */}}
{{- define "todo.name" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What the app's pods run as. */}}
{{- define "todo.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "todo.name" .) -}}
{{- end -}}

{{/* The Secret with the app's passwords and keys: the chart's, or the one that is there already. */}}
{{- define "todo.secretName" -}}
{{- .Values.secrets.existingSecret | default (include "todo.name" .) -}}
{{- end -}}

{{/* The object that holds the app's containers: other objects (autoscalers, canaries) point at it. */}}
{{- define "todo.workloadReference" -}}
{{- if eq .Values.canary.mode "argo-rollouts" -}}
apiVersion: argoproj.io/v1alpha1
kind: Rollout
{{- else -}}
apiVersion: apps/v1
kind: Deployment
{{- end }}
name: {{ include "todo.name" . }}
{{- end -}}
