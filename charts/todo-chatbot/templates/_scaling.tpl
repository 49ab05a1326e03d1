{{/* Whether something else decides how many pods there are. */}}
{{- define "todo.autoscaled" -}}
{{- if or .Values.autoscaling.hpa.enabled .Values.autoscaling.keda.enabled -}}true{{- end -}}
{{- end -}}
