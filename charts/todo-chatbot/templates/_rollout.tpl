{{/* Whether a Job waits for the pods. Helm sees a SpinApp, whose state says nothing about them; elsewhere Helm sees the pods itself. */}}
{{- define "todo.waitsForRollout" -}}
{{- if and (eq .Values.mode "spinkube") .Values.spinkube.rolloutSeconds -}}true{{- end -}}
{{- end -}}

{{/* Annotations of that Job and what it needs: made after the rest, gone when it has ended, whichever way. Call with the weight. */}}
{{- define "todo.rolloutHook" -}}
helm.sh/hook: post-install,post-upgrade,post-rollback
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded,hook-failed
{{- end -}}
