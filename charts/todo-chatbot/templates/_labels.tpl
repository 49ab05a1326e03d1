{{/* What selects this release's pods. Never changes: a Deployment's selector is immutable. */}}
{{- define "todo.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* What policies, budgets, monitors and Services find pods by: never app.kubernetes.io/name, which Flagger rewrites on the pods
that serve (`…-primary`). Call with (list $ "component"), or (list $) for all pods of the release. */}}
{{- define "todo.podsOf" -}}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/part-of: todo-assistant
{{- if gt (len .) 1 }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}
{{- end -}}

{{/* Who pays for it and who answers for it. */}}
{{- define "todo.costLabels" -}}
project: {{ .Values.costLabels.project | quote }}
environment: {{ .Values.costLabels.environment | quote }}
cost-centre: {{ .Values.costLabels.costCentre | quote }}
owner: {{ .Values.costLabels.owner | quote }}
{{- end -}}

{{/* Labels of every object. Call with (list $ "component"). */}}
{{- define "todo.labels" -}}
{{- $root := index . 0 -}}
{{ include "todo.selector" $root }}
app.kubernetes.io/component: {{ index . 1 }}
app.kubernetes.io/part-of: todo-assistant
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{ include "todo.costLabels" $root }}
{{- end -}}

{{/* Labels of pods: no chart version in them, so that a new chart alone rolls nothing. Call with (list $ "component"). */}}
{{- define "todo.podLabels" -}}
{{- $root := index . 0 -}}
{{ include "todo.selector" $root }}
app.kubernetes.io/component: {{ index . 1 }}
app.kubernetes.io/part-of: todo-assistant
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
{{ include "todo.costLabels" $root }}
{{- end -}}
