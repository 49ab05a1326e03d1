{{/* Where a database of this release does not exist yet, the Job is no hook: it would run before its database. */}}
{{- define "todo.migrationBesideRelease" -}}
{{- if and (include "todo.databaseInside" .) .Release.IsInstall -}}true{{- end -}}
{{- end -}}

{{- define "todo.migrationPod" -}}
metadata:
  labels:
    {{- include "todo.podLabels" (list . "migration") | nindent 4 }}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with include "todo.pullSecrets" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  securityContext:
    {{- include "todo.podSecurity" .Values.runtime.user | nindent 4 }}
  containers:
    - name: migrate
      image: {{ include "todo.image" (list . .Values.image) | quote }}
      imagePullPolicy: {{ include "todo.pullPolicy" .Values.image }}
      args: [migrate, up{{ if .Values.migrations.roles }}, --roles{{ if .Values.migrations.shareRoles }}, --share-roles{{ end }}{{ end }}, --from, /app, --wait, {{ .Values.migrations.waitSeconds | quote }}]
      env:
        - name: RUNTIME_SHIM_DATABASE_URL
          valueFrom:
            secretKeyRef:
              {{- include "todo.ownerUrlReference" . | nindent 14 }}
        {{- if .Values.migrations.roles }}
        {{- range list "db_app_password" "db_identity_password" }}
        - name: SPIN_VARIABLE_{{ upper . }}
          valueFrom:
            secretKeyRef:
              name: {{ include "todo.migrationSecretName" $ }}
              key: {{ . }}
        {{- end }}
        {{- end }}
        - name: RUNTIME_SHIM_LOG_FORMAT
          value: {{ .Values.runtime.logFormat | quote }}
      resources:
        {{- toYaml .Values.migrations.resources | nindent 8 }}
      securityContext:
        {{- include "todo.containerSecurity" . | nindent 8 }}
{{- end -}}

{{/* The migration's way through a closed namespace comes before all else of a hook, so that plugins have the more time to open it,
and goes with it: Helm removes what a hook made when all hooks of its moment are done. */}}
{{- define "todo.migrationNetworkHook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: "-10"
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{/* Annotations of what the migration's hook reads: made before it, gone after it. */}}
{{- define "todo.migrationHook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: "-5"
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}
