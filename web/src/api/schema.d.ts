// Made from openapi.json.

export interface paths {
    "/api/deployment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this deployment is called, and whether one can register here
         * @description Anybody.
         */
        get: operations["deployment_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email-verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a new link that proves an address; the answer is the same for every address
         * @description Anybody.
         */
        post: operations["email_verification_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email-verifications/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use the link that proves an address, or that changes the address of an account
         * @description Anybody.
         */
        post: operations["email_verification_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description A signed-in person, about themselves.
         */
        get: operations["me_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the own name, language or time zone
         * @description A signed-in person, about themselves.
         */
        patch: operations["me_change"];
        trace?: never;
    };
    "/api/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask to change the own address; it counts once the link mailed to the new one was used
         * @description A signed-in person, about themselves.
         */
        post: operations["me_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the own second factors
         * @description A signed-in person, about themselves.
         */
        get: operations["me_factors_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a passkey that the browser has made, under a name
         * @description A signed-in person, about themselves.
         */
        post: operations["me_passkey_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkeys/{passkey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a passkey away
         * @description A signed-in person, about themselves.
         */
        delete: operations["me_passkey_remove"];
        options?: never;
        head?: never;
        /**
         * Give a passkey another name
         * @description A signed-in person, about themselves.
         */
        patch: operations["me_passkey_rename"];
        trace?: never;
    };
    "/api/me/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a browser needs to make a passkey
         * @description A signed-in person, about themselves.
         */
        post: operations["me_passkey_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the own password; every session ends, this one gets a new token
         * @description A signed-in person, about themselves.
         */
        post: operations["me_password_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes in place of the old ones; they are shown once
         * @description A signed-in person, about themselves.
         */
        post: operations["me_recovery_codes_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the person is signed in
         * @description A signed-in person, about themselves.
         */
        get: operations["me_session_list"];
        put?: never;
        post?: never;
        /**
         * End every own session but this one
         * @description A signed-in person, about themselves.
         */
        delete: operations["me_session_revoke_others"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of the own sessions
         * @description A signed-in person, about themselves.
         */
        delete: operations["me_session_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out of this session
         * @description A signed-in person, about themselves.
         */
        post: operations["session_sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End every own session, this one included
         * @description A signed-in person, about themselves.
         */
        post: operations["session_sign_out_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sso-identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections through which the own account is reached
         * @description A signed-in person, about themselves.
         */
        get: operations["me_sso_identity_list"];
        put?: never;
        /**
         * Begin to link the own account to who you are at a provider
         * @description A signed-in person, about themselves.
         */
        post: operations["me_sso_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sso-identities/{identity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a link to a provider back; sessions made through it end
         * @description A signed-in person, about themselves.
         */
        delete: operations["me_sso_unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * In which ways one can prove once more who one is, and for how long the last proof is still good
         * @description A signed-in person, about themselves.
         */
        get: operations["me_step_up_view"];
        put?: never;
        /**
         * Prove once more who one is, for the sensitive acts of the next 5 minutes (exactly one proof)
         * @description A signed-in person, about themselves.
         */
        post: operations["me_step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/step-up/passkey-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a browser needs to prove a passkey once more
         * @description A signed-in person, about themselves.
         */
        post: operations["me_step_up_passkey_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up an authenticator app: its secret, shown this once, as a link for the QR code and as text
         * @description A signed-in person, about themselves.
         */
        post: operations["me_totp_begin"];
        /**
         * Take the authenticator app away
         * @description A signed-in person, about themselves.
         */
        delete: operations["me_totp_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an authenticator app by the code it shows; from then on it is demanded at sign-in
         * @description A signed-in person, about themselves.
         */
        post: operations["me_totp_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the organisations one belongs to
         * @description A signed-in person, about themselves.
         */
        get: operations["organisation_list_own"];
        put?: never;
        /**
         * Make a further organisation and become its owner
         * @description A signed-in person, about themselves.
         */
        post: operations["organisation_create_own"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the organisation, one’s membership, and what one may do in it and why
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["organisation_view"];
        put?: never;
        post?: never;
        /**
         * Delete the organisation: closed at once, purged after a grace in which a super-admin can restore it
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["organisation_delete"];
        options?: never;
        head?: never;
        /**
         * Change the name or the metadata of the organisation
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["organisation_change"];
        trace?: never;
    };
    "/api/orgs/{org}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of the organisation and its members, without their secrets
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["api_key_list"];
        put?: never;
        /**
         * Make an API key of the organisation; it is shown once
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["api_key_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/api-keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke any API key of the organisation or its members
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["api_key_revoke"];
        options?: never;
        head?: never;
        /**
         * Change the name of a key, or from where it may be used
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["api_key_change"];
        trace?: never;
    };
    "/api/orgs/{org}/api-keys/{key}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a key a new secret, shown once; the one before stays good for a while
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["api_key_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions that wait for a reviewer, the longest waiting first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["app_submission_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a version with its six files, its checks as they come out now, its reviews and its oath
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["app_version_view"];
        put?: never;
        post?: never;
        /**
         * Throw a draft away
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["app_version_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the six files of a version as a ZIP archive
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["app_version_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put new content into a draft; the answer says what the checks make of it
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["app_version_change"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a version changes against another one, by default the published one
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["app_version_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/oath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give the Digital Oath for an approved version of one’s own; it cannot be taken back
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["app_version_swear"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a version that was approved and sworn to; the one before it is superseded
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["app_version_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a submitted version of somebody else, or return it with a comment
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["app_version_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/submission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a draft for review; it must pass its checks
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["app_version_submit"];
        /**
         * Take a submitted version back, to work on it again
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["app_version_take_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a published app; its open runs are cancelled by the platform
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["app_version_suspend"];
        /**
         * Let a suspended app run again
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["app_version_resume"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put normal, edge, missing and invalid inputs to a version, and own ones
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["app_version_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/app-versions/{version}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw an app: its author or a reviewer; open runs go on
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["app_version_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the apps there are to run: promoted ones first, then own ones, then public ones
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["app_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/apps/{app}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an app with its contract: its form, its steps, its result, its supervision and its price
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["app_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/audit/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the entries of the organisation's log, newest first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["audit_entry_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/audit/entries/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an entry with what it tells
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["audit_entry_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/audit/entries/{entry}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the input and output that were kept of the execution an entry tells of; the log notes it
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["audit_entry_open_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/audit/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events and the actors of the entries that match, with their numbers
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["audit_facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/audit/histogram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the entries that match over time, by outcome; the last 30 days by day unless asked otherwise
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["audit_histogram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/audit/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API requests that concerned the organisation, newest first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["api_request_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the catalogue: its mode, every public app with its place on the lists, and the promoted apps
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["catalog_view"];
        /**
         * Choose all public apps, only those on the allow list, or all but those on the block list
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["catalog_mode_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/catalog/{list}/{app}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a public app on the allow list or the block list
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["catalog_entry_add"];
        post?: never;
        /**
         * Take a public app off the allow list or the block list
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["catalog_entry_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/catalog/promotions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put these internal apps first, in this order
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["catalog_promote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the active members by name, to pick a person
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["directory_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List own executions, those of teams one manages, or all, newest first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["execution_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/executions/{execution}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an execution with what was decided about it
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["execution_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List own files of the input vault, newest first; with audit.view_content those of everybody
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["file_list"];
        put?: never;
        /**
         * Put a file into the input vault: the body is its bytes
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["file_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the record of a file
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["file_get"];
        put?: never;
        post?: never;
        /**
         * Delete the bytes of a file before their time; its record stays
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["file_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/files/{file}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file of the input vault; the log notes it
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["file_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/files/{file}/extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a file longer
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["file_extend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/internal-apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the organisation's own apps with their newest versions, newest first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["internal_app_list"];
        put?: never;
        /**
         * Make an app of the organisation with its first draft; the draft may be incomplete
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["internal_app_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/internal-apps/{app}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of an app, newest first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["app_version_list"];
        put?: never;
        /**
         * Begin a new version of an app, with the content given or with that of its newest version
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["app_version_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/internal-apps/archives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an app from a ZIP archive of its six files: the body is its bytes
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["internal_app_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get limit, use, room and reset of own scopes, or of the one that is asked for
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["limit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/me/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List own API keys in this organisation
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["own_api_key_list"];
        put?: never;
        /**
         * Make an API key of one’s own; it is shown once
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["own_api_key_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/me/api-keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key of one’s own
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["own_api_key_revoke"];
        options?: never;
        head?: never;
        /**
         * Change the name of a key, or from where it may be used
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["own_api_key_change"];
        trace?: never;
    };
    "/api/orgs/{org}/me/api-keys/{key}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a key a new secret, shown once; the one before stays good for a while
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["own_api_key_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members with their roles; the removed ones only when asked for
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["member_list"];
        put?: never;
        /**
         * Make somebody a member at once, with a one-time password, where e-mail addresses are not proven
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["member_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a member with every permission they hold or lack, and why
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["member_view"];
        put?: never;
        post?: never;
        /**
         * Remove a member; their sessions and keys here end with it, their record stays
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["member_remove"];
        options?: never;
        head?: never;
        /**
         * Change the surface or the primary team of a member
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["member_change"];
        trace?: never;
    };
    "/api/orgs/{org}/members/{member}/designations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the designations of a member
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["member_set_designations"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/members/{member}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set what is granted to and denied one member
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["member_set_permissions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/members/{member}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the suspension of a member
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["member_reactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/members/{member}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a member another base role
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["member_set_role"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/members/{member}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a member out of this organisation; no other organisation notices
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["member_sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/members/{member}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a member; sessions and keys fail with the next request
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["member_suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models that the organisation may call
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["model_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/own-models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of the organisation's own providers, assigned or not
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["own_model_list"];
        put?: never;
        /**
         * Add a model to one of the organisation's providers
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["own_model_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/own-models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a model of the organisation's own
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["own_model_update"];
        trace?: never;
    };
    "/api/orgs/{org}/own-models/{model}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let the organisation's people call one of its own models
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["own_model_assign"];
        post?: never;
        /**
         * Take one of the organisation's own models out of use
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["own_model_unassign"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/own-models/{model}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a new price version of the organisation's own model in force
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["own_model_set_price"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/password-rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what the organisation demands of passwords beyond the platform’s rule
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["password_rule_view"];
        /**
         * Set what the organisation demands of passwords; it holds for every password chosen from now on
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["password_rule_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the policy in force, field by field, with what the platform and the organisation say
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["policy_get"];
        /**
         * Put a new version of the organisation's policy in force; it may only restrict the platform's
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["policy_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/policy/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of the organisation's policy, newest first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["policy_version_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/policy/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a version of the organisation's policy
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["policy_version_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects one may know of
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["project_list"];
        put?: never;
        /**
         * Make a team project and become its admin
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["project_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a project
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["project_view"];
        put?: never;
        post?: never;
        /**
         * Archive a project and revoke the keys that work in it
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["project_delete"];
        options?: never;
        head?: never;
        /**
         * Change the name of a project, or the workspace it is in
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["project_change"];
        trace?: never;
    };
    "/api/orgs/{org}/projects/{project}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles written down in a project
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["project_list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/projects/{project}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give somebody a role in a team project
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["project_set_member"];
        post?: never;
        /**
         * Take the role of somebody in a team project
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["project_remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/projects/{project}/use-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the use cases of a project
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["use_case_list"];
        put?: never;
        /**
         * Make a use case
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["use_case_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/projects/{project}/use-cases/{use_case}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Archive a use case and revoke the keys that were made for it
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["use_case_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the organisation's own providers
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["provider_list"];
        put?: never;
        /**
         * Add a provider of the organisation
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["provider_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/providers/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a provider of the organisation
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["provider_update"];
        trace?: never;
    };
    "/api/orgs/{org}/providers/{provider}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the key of the organisation's provider; it is never shown again
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["provider_set_key"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/quota-top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the top-ups that were granted, newest first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["quota_top_up_list"];
        put?: never;
        /**
         * Add tokens to a quota below the organisation for its current window; under the same id they are added once
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["quota_top_up_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the token quotas that are set, with where each stands
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["quota_list"];
        /**
         * Set the token quota of a scope below the organisation, or of every scope of a kind, for a period
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["quota_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/quotas/{quota}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a token quota
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["quota_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the rules of entry, and the time-outs that the platform allows at most
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["security_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set from where people and keys may come; goes back by itself after 5 minutes unless confirmed
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["security_set_addresses"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security/addresses/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the new list of addresses, from a session that was begun after it was set
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["security_confirm_addresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security/addresses/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to the confirmed list of addresses at once
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["security_revert_addresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security/addresses/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Would this address get in, by the list in force or by a proposed one, and whom would that one shut out?
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["security_try_address"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Demand a second factor of everybody, at once or after a grace, or no more
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["security_set_mfa"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security/mfa-coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many members have a second factor, and who; not told of people who have not acted here yet
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["security_mfa_coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/security/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let sessions end sooner here than the platform lets them; null is the platform’s time-out
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["security_set_sessions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/service-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List service accounts
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["service_account_list"];
        put?: never;
        /**
         * Make a service account with what its keys may do at most
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["service_account_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/service-accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a service account; its keys follow with their next use
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["service_account_change"];
        trace?: never;
    };
    "/api/orgs/{org}/service-accounts/{account}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a service account and all of its keys
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["service_account_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/service-accounts/{account}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a service account work again
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["service_account_enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/spend-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the spend limits that are set, with where each stands
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["spend_limit_list"];
        /**
         * Set the spend limit of a scope, or of every scope of a kind, for a period
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["spend_limit_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/spend-limits/{spend_limit}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a spend limit
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["spend_limit_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections to identity providers
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["sso_connection_list"];
        put?: never;
        /**
         * Make a connection to an identity provider, as a draft
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["sso_connection_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a connection, with the addresses to register at the provider
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["sso_connection_view"];
        put?: never;
        post?: never;
        /**
         * Delete a connection; what its groups gave is taken back, and its sessions end
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["sso_connection_delete"];
        options?: never;
        head?: never;
        /**
         * Change a connection, take it into use, or stop using it, which ends the sessions made through it
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["sso_connection_change"];
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask the provider what it says about itself: whether it can be reached and is who it should be
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["sso_connection_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the domains of a connection, with the DNS records that prove them
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["sso_domain_list"];
        put?: never;
        /**
         * Claim a domain for a connection; it counts once it is proven
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["sso_domain_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/domains/{domain}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Give a domain up
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["sso_domain_release"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/domains/{domain}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for the DNS record that proves a domain
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["sso_domain_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what groups at the provider give here
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["sso_mapping_list"];
        /**
         * Set what groups at the provider give here; it is computed anew at each sign-in
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["sso_mapping_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/scim-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tokens with which the provider provisions people
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["scim_token_list"];
        put?: never;
        /**
         * Make a token for provisioning; it is shown once, and a second one may live beside it
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["scim_token_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/scim-tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token for provisioning at once
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["scim_token_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the client secret of a connection; it is never shown again
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["sso_connection_set_secret"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/connections/{connection}/test-sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a test: you sign in at the provider and see what would come of it; nothing else happens
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["sso_connection_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/enforcement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether people must come through single sign-on, and who could not any more
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["sso_enforcement_view"];
        /**
         * Let people in through single sign-on only, but for one owner who may break the glass; or let them in again
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["sso_enforcement_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/sso/entitlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the organisation may use single sign-on, and whom to ask for it
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["sso_entitlement_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the teams
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["team_list"];
        put?: never;
        /**
         * Make a team
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["team_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/teams/{team}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a team
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["team_view"];
        put?: never;
        post?: never;
        /**
         * Delete a team; its people and its past usage stay
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["team_delete"];
        options?: never;
        head?: never;
        /**
         * Rename a team
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["team_rename"];
        trace?: never;
    };
    "/api/orgs/{org}/teams/{team}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people in a team
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["team_list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/teams/{team}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put somebody into a team, or make them its manager or no longer
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["team_set_member"];
        post?: never;
        /**
         * Take somebody out of a team
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["team_remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/tool-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the secrets for tools, by name; values only as masks
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["tool_credential_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/tool-credentials/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make or change a secret for tools and the hosts it may be sent to
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["tool_credential_set"];
        post?: never;
        /**
         * Remove a secret for tools; apps that name it fail their checks
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["tool_credential_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get calls, tokens and costs of an interval; the last 30 days unless asked otherwise
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["usage_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/usage/over-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get calls, tokens and costs of an interval by hour, day, week or month (UTC)
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["usage_get_over_time"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/usage/own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get own calls, tokens and costs of an interval, over time and by model
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["usage_get_own"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/usage/ranking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rank the members, teams, projects, use cases, models or engine types of an interval by what they cost or used
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["usage_rank"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the wallet: balance, what open calls hold of it, and the lots its credit came in
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["wallet_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/wallet/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the transfers of the ledger, those posted last first
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["wallet_transfer_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/worker-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the public key with which the workers sign in to git hosts; opening it is logged
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["worker_key_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the workspaces one may know of
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["workspace_list"];
        put?: never;
        /**
         * Make a workspace and become its admin
         * @description Members of the organisation, or one of its API keys.
         */
        post: operations["workspace_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/workspaces/{workspace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a workspace
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["workspace_view"];
        put?: never;
        post?: never;
        /**
         * Delete a workspace; its projects stay
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["workspace_delete"];
        options?: never;
        head?: never;
        /**
         * Change the name or description of a workspace
         * @description Members of the organisation, or one of its API keys.
         */
        patch: operations["workspace_change"];
        trace?: never;
    };
    "/api/orgs/{org}/workspaces/{workspace}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles written down in a workspace
         * @description Members of the organisation, or one of its API keys.
         */
        get: operations["workspace_list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orgs/{org}/workspaces/{workspace}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give somebody a role in a workspace
         * @description Members of the organisation, or one of its API keys.
         */
        put: operations["workspace_set_member"];
        post?: never;
        /**
         * Take the role of somebody in a workspace
         * @description Members of the organisation, or one of its API keys.
         */
        delete: operations["workspace_remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a link to choose a new password; the answer is the same for every address
         * @description Anybody.
         */
        post: operations["password_reset_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password-resets/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a new password by a link; every session of the person ends
         * @description Anybody.
         */
        post: operations["password_reset_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of public apps that wait for a reviewer, the longest waiting first
         * @description Super-admins.
         */
        get: operations["platform_app_submission_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a version of a public app with its six files, its checks, its reviews and its oath
         * @description Super-admins.
         */
        get: operations["platform_app_version_view"];
        put?: never;
        post?: never;
        /**
         * Throw a draft of a public app away
         * @description Super-admins.
         */
        delete: operations["platform_app_version_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the six files of a version of a public app as a ZIP archive
         * @description Super-admins.
         */
        get: operations["platform_app_version_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put new content into a draft of a public app; the answer says what the checks make of it
         * @description Super-admins.
         */
        put: operations["platform_app_version_change"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a version of a public app changes against another one, by default the published one
         * @description Super-admins.
         */
        get: operations["platform_app_version_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/oath": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give the Digital Oath for an approved version of one’s own; it cannot be taken back
         * @description Super-admins.
         */
        put: operations["platform_app_version_swear"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a version that was approved and sworn to, for every organisation whose catalogue has it
         * @description Super-admins.
         */
        post: operations["platform_app_version_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a submitted version of somebody else, or return it with a comment
         * @description Super-admins.
         */
        post: operations["platform_app_version_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/submission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a draft of a public app for review; it must pass its checks
         * @description Super-admins.
         */
        post: operations["platform_app_version_submit"];
        /**
         * Take a submitted version of a public app back, to work on it again
         * @description Super-admins.
         */
        delete: operations["platform_app_version_take_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a public app everywhere; its open runs are cancelled by the platform
         * @description Super-admins.
         */
        post: operations["platform_app_version_suspend"];
        /**
         * Let a suspended public app run again
         * @description Super-admins.
         */
        delete: operations["platform_app_version_resume"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put normal, edge, missing and invalid inputs to a version of a public app, and own ones
         * @description Super-admins.
         */
        post: operations["platform_app_version_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/app-versions/{version}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a public app; open runs go on
         * @description Super-admins.
         */
        post: operations["platform_app_version_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the public apps with their newest versions, newest first
         * @description Super-admins.
         */
        get: operations["platform_app_list"];
        put?: never;
        /**
         * Make a public app with its first draft; the draft may be incomplete
         * @description Super-admins.
         */
        post: operations["platform_app_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/apps/{app}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a public app, newest first
         * @description Super-admins.
         */
        get: operations["platform_app_version_list"];
        put?: never;
        /**
         * Begin a new version of a public app, with the content given or with that of its newest version
         * @description Super-admins.
         */
        post: operations["platform_app_version_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/apps/archives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a public app from a ZIP archive of its six files: the body is its bytes
         * @description Super-admins.
         */
        post: operations["platform_app_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/audit/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the entries of the platform's log, newest first
         * @description Super-admins.
         */
        get: operations["platform_audit_entry_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/audit/entries/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an entry of the platform's log with what it tells
         * @description Super-admins.
         */
        get: operations["platform_audit_entry_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/audit/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events and the actors of the platform's log, with their numbers
         * @description Super-admins.
         */
        get: operations["platform_audit_facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/audit/histogram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the entries of the platform's log that match over time, by outcome
         * @description Super-admins.
         */
        get: operations["platform_audit_histogram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/audit/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API requests that concerned no organisation, newest first
         * @description Super-admins.
         */
        get: operations["platform_api_request_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/content-accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who opened which organisation, when and why
         * @description Super-admins.
         */
        get: operations["content_access_list"];
        put?: never;
        /**
         * Open an organisation one does not belong to, with a reason that its owners read
         * @description Super-admins.
         */
        post: operations["content_access_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/content-accesses/{access}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an organisation again before the time is over
         * @description Super-admins.
         */
        post: operations["content_access_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/mail-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the mail server, or null when none is set and messages wait in the outbox
         * @description Super-admins.
         */
        get: operations["mail_server_view"];
        /**
         * Set the mail server; another host or user name loses the password, which is set by itself
         * @description Super-admins.
         */
        put: operations["mail_server_set"];
        post?: never;
        /**
         * Take the mail server away; messages wait in the outbox to be copied
         * @description Super-admins.
         */
        delete: operations["mail_server_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/mail-server/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the password for the mail server; it is stored in the secret store and never shown
         * @description Super-admins.
         */
        put: operations["mail_server_set_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/mail-server/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message now and say what the mail server answered
         * @description Super-admins.
         */
        post: operations["mail_server_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models of the platform
         * @description Super-admins.
         */
        get: operations["platform_model_list"];
        put?: never;
        /**
         * Add a model to a provider of the platform
         * @description Super-admins.
         */
        post: operations["platform_model_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a model of the platform
         * @description Super-admins.
         */
        patch: operations["platform_model_update"];
        trace?: never;
    };
    "/api/platform/models/{model}/assignments/{organisation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let an organisation call a model of the platform
         * @description Super-admins.
         */
        put: operations["platform_model_assign"];
        post?: never;
        /**
         * Take a model of the platform away from an organisation
         * @description Super-admins.
         */
        delete: operations["platform_model_unassign"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/models/{model}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a new price version of a platform model in force
         * @description Super-admins.
         */
        post: operations["platform_model_set_price"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every organisation
         * @description Super-admins.
         */
        get: operations["platform_organisation_list"];
        put?: never;
        /**
         * Make an organisation for an owner, whose account is made if there is none
         * @description Super-admins.
         */
        post: operations["platform_organisation_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an organisation
         * @description Super-admins.
         */
        get: operations["platform_organisation_view"];
        put?: never;
        post?: never;
        /**
         * Delete an organisation: closed at once, purged after a grace in which it can be restored
         * @description Super-admins.
         */
        delete: operations["platform_organisation_delete"];
        options?: never;
        head?: never;
        /**
         * Change the name or the metadata of an organisation
         * @description Super-admins.
         */
        patch: operations["platform_organisation_change"];
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive an organisation; its people may still read
         * @description Super-admins.
         */
        post: operations["platform_organisation_archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/billing-mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set how an organisation is billed: metered, or from its wallet
         * @description Super-admins.
         */
        put: operations["platform_billing_mode_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/quota-top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add tokens to an organisation's quota for its current window; under the same id they are added once
         * @description Super-admins.
         */
        post: operations["platform_quota_top_up_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the token quota of an organisation for a period
         * @description Super-admins.
         */
        put: operations["platform_quota_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/quotas/{quota}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a token quota of an organisation
         * @description Super-admins.
         */
        delete: operations["platform_quota_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an organisation active again
         * @description Super-admins.
         */
        post: operations["platform_organisation_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/sso-entitlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether an organisation may use single sign-on
         * @description Super-admins.
         */
        get: operations["platform_sso_entitlement_view"];
        /**
         * Let an organisation use single sign-on, or not; without it nobody comes in through its connections
         * @description Super-admins.
         */
        put: operations["platform_sso_entitlement_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend an organisation; its people and keys are refused with the next request
         * @description Super-admins.
         */
        post: operations["platform_organisation_suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/wallet/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adjust an organisation's wallet either way, with a reason; under the same id it is posted once
         * @description Super-admins.
         */
        post: operations["platform_wallet_adjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/organisations/{organisation}/wallet/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post credit to an organisation's wallet; under the same id it is posted once
         * @description Super-admins.
         */
        post: operations["platform_wallet_top_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was sent or waits to be, newest first, without what it says
         * @description Super-admins.
         */
        get: operations["outbox_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/outbox/{message}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a message to hand its link over by other means; whoever has the link acts for its recipient
         * @description Super-admins.
         */
        post: operations["outbox_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/outbox/{message}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again that the mail server did not take
         * @description Super-admins.
         */
        post: operations["outbox_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the platform's policy in force
         * @description Super-admins.
         */
        get: operations["platform_policy_get"];
        /**
         * Put a new version of the platform's policy in force
         * @description Super-admins.
         */
        put: operations["platform_policy_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/policy/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of the platform's policy, newest first
         * @description Super-admins.
         */
        get: operations["platform_policy_version_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/policy/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a version of the platform's policy
         * @description Super-admins.
         */
        get: operations["platform_policy_version_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the providers of the platform
         * @description Super-admins.
         */
        get: operations["platform_provider_list"];
        put?: never;
        /**
         * Add a provider to the platform
         * @description Super-admins.
         */
        post: operations["platform_provider_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/providers/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a provider of the platform
         * @description Super-admins.
         */
        patch: operations["platform_provider_update"];
        trace?: never;
    };
    "/api/platform/providers/{provider}/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the key of a provider of the platform; it is never shown again
         * @description Super-admins.
         */
        put: operations["platform_provider_set_key"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the settings of the platform
         * @description Super-admins.
         */
        get: operations["platform_settings_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change settings of the platform; they hold from the next request on
         * @description Super-admins.
         */
        patch: operations["platform_settings_change"];
        trace?: never;
    };
    "/api/platform/sso/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the platform's connections to identity providers
         * @description Super-admins.
         */
        get: operations["platform_sso_connection_list"];
        put?: never;
        /**
         * Make a connection of the platform, as a draft; its groups lead into organisations
         * @description Super-admins.
         */
        post: operations["platform_sso_connection_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a connection of the platform
         * @description Super-admins.
         */
        get: operations["platform_sso_connection_view"];
        put?: never;
        post?: never;
        /**
         * Delete a connection of the platform; what its groups gave is taken back everywhere
         * @description Super-admins.
         */
        delete: operations["platform_sso_connection_delete"];
        options?: never;
        head?: never;
        /**
         * Change a connection of the platform, take it into use, or stop using it
         * @description Super-admins.
         */
        patch: operations["platform_sso_connection_change"];
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask the provider what it says about itself
         * @description Super-admins.
         */
        get: operations["platform_sso_connection_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the domains of a connection, of the platform or of an organisation
         * @description Super-admins.
         */
        get: operations["platform_sso_domain_list"];
        put?: never;
        /**
         * Claim a domain for a connection of the platform
         * @description Super-admins.
         */
        post: operations["platform_sso_domain_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/domains/{domain}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a domain from its connection, whoever that belongs to
         * @description Super-admins.
         */
        delete: operations["platform_sso_domain_release"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/domains/{domain}/grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a claimed domain to its connection without a DNS record, whoever the connection belongs to
         * @description Super-admins.
         */
        post: operations["platform_sso_domain_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/domains/{domain}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for the DNS record that proves a domain of a connection of the platform
         * @description Super-admins.
         */
        post: operations["platform_sso_domain_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List which groups lead into which organisations
         * @description Super-admins.
         */
        get: operations["platform_sso_mapping_list"];
        /**
         * Set which groups lead into which organisations, and as what
         * @description Super-admins.
         */
        put: operations["platform_sso_mapping_set"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the client secret of a connection; it is never shown again
         * @description Super-admins.
         */
        put: operations["platform_sso_connection_set_secret"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/sso/connections/{connection}/test-sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a test: you sign in at the provider and see what would come of it
         * @description Super-admins.
         */
        post: operations["platform_sso_connection_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every account, newest first; `search` is part of an address or a name
         * @description Super-admins.
         */
        get: operations["platform_user_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One account, and the organisations it probably belongs to
         * @description Super-admins.
         */
        get: operations["platform_user_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Disable or enable an account
         * @description Super-admins.
         */
        patch: operations["platform_user_change"];
        trace?: never;
    };
    "/api/platform/users/{user}/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take every second factor from somebody who has lost them; their sessions end
         * @description Super-admins.
         */
        delete: operations["platform_user_reset_factors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/users/{user}/sign-in-wait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let somebody sign in again who failed too often
         * @description Super-admins.
         */
        delete: operations["platform_user_lift_sign_in_wait"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an account and its organisation; where addresses are proven, a link by mail leads on
         * @description Anybody.
         */
        post: operations["registration_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/registrations/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a registration by its link and the password chosen then: account, organisation, session
         * @description Anybody.
         */
        post: operations["registration_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with e-mail address and password
         * @description Anybody.
         */
        post: operations["session_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey alone
         * @description Anybody.
         */
        post: operations["session_create_by_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/passkey-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a browser needs for a passkey: beside a password (with its ticket) or alone (without)
         * @description Anybody.
         */
        post: operations["session_passkey_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/second-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a sign-in with a code, a recovery code or a passkey (exactly one of them)
         * @description Anybody.
         */
        post: operations["session_second_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether Reeve still waits for its first super-admin
         * @description Anybody.
         */
        get: operations["setup_view"];
        put?: never;
        /**
         * Become the first super-admin with the token that Reeve printed at its start
         * @description Anybody.
         */
        post: operations["setup_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in-ways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which ways in there are for an address; its domain alone decides, whether it has an account is not asked
         * @description Anybody.
         */
        post: operations["sign_in_ways"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sso/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in through a connection; the browser then goes to the provider
         * @description Anybody.
         */
        post: operations["sso_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sso/sign-ins/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete what was begun, with the parameters that the provider sent the browser back with
         * @description Anybody.
         */
        post: operations["sso_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas/app-words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the closed lists that contracts choose from, as a builder offers them
         * @description Anybody.
         */
        get: operations["app_contract_words"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas/app/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the published JSON Schema of one of the six files of an app
         * @description Anybody.
         */
        get: operations["app_schema_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a model, plain or streaming, in OpenAI's dialect */
        post: operations["chat_completion_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the models that the key may call */
        get: operations["gateway_model_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        OpenAiError: {
            error: {
                code: string;
                message: string;
                param: string | null;
                params: Record<string, never>;
                request_id: string;
                type: string;
            };
        };
        Problem: {
            code: string;
            detail?: string;
            fields?: {
                message: string;
                pointer: string;
            }[];
            params: {
                [key: string]: unknown;
            };
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    deployment_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The colour of its buttons, as #rrggbb */
                        accent_color: string;
                        /** @description What this deployment is called in mails and on its pages */
                        deployment_name: string;
                        /** @description Whether new people prove that the mailbox is theirs before they sign in */
                        email_verification_is_required: boolean;
                        /** @description Whether anybody may make an account and an organisation */
                        registration_is_open: boolean;
                        /** @description Where people find help; every mail names it */
                        support_address: string | null;
                    };
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    email_verification_request: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not an e-mail address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    email_verification_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands behind the # of the link */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                        /** @description True when the account had another address before */
                        is_changed: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An account with this e-mail address exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This link cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        display_name: string;
                        email: string;
                        id: string;
                        is_superadmin: boolean;
                        locale: string;
                        must_change_password: boolean;
                        organisation_id: string | null;
                        organisations: {
                            id: string;
                            name: string;
                            status: string;
                        }[];
                        time_zone: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    display_name?: string;
                    locale?: string;
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        display_name: string;
                        email: string;
                        id: string;
                        is_superadmin: boolean;
                        locale: string;
                        must_change_password: boolean;
                        organisation_id: string | null;
                        organisations: {
                            id: string;
                            name: string;
                            status: string;
                        }[];
                        time_zone: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You signed in through an organisation, and that is good for this organisation only; sign in to Reeve itself first */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters; This is not a language tag such as en or de-CH; There is no time zone of this name */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_email_change: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This session has ended; sign in again */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not an e-mail address; The current password is wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_factors_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        passkeys: {
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            is_backed_up: boolean;
                            last_used_at: string | null;
                            name: string;
                        }[];
                        recovery_codes_left: number;
                        totp: {
                            /** Format: date-time */
                            confirmed_at: string;
                        } | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_passkey_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    passkey: {
                        id: string;
                        rawId: string;
                        response: {
                            attestationObject: string;
                            clientDataJSON: string;
                            transports?: string[];
                        };
                        /** @constant */
                        type: "public-key";
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        passkey: {
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            is_backed_up: boolean;
                            last_used_at: string | null;
                            name: string;
                        };
                        recovery_codes: string[] | null;
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This session has ended; sign in again */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This passkey is known already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This passkey cannot be accepted */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_passkey_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_passkey_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        is_backed_up: boolean;
                        last_used_at: string | null;
                        name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_passkey_options: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attestation: string;
                        authenticatorSelection: {
                            requireResidentKey?: boolean;
                            residentKey: string;
                            userVerification: string;
                        };
                        challenge: string;
                        excludeCredentials: {
                            id: string;
                            transports?: string[];
                            /** @constant */
                            type: "public-key";
                        }[];
                        pubKeyCredParams: {
                            alg: number;
                            /** @constant */
                            type: "public-key";
                        }[];
                        rp: {
                            id: string;
                            name: string;
                        };
                        timeout: number;
                        user: {
                            displayName: string;
                            id: string;
                            name: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many passkeys as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_password_change: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    /** @description 15 to 128 characters that are not easy to guess */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This session has ended; sign in again */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The current password is wrong; This password cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_recovery_codes_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[] | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such factor */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_session_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            address: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                            is_current: boolean;
                            /** Format: date-time */
                            last_seen_at: string;
                            user_agent: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_session_revoke_others: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_session_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_sign_out: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_sign_out_everywhere: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions_ended: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_sso_identity_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            connection_id: string;
                            connection_name: string;
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            last_used_at: string | null;
                            organisation_id: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_sso_link: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    connection_id: string;
                    return_to?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the browser goes now */
                        authorization_url: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This connection to an identity provider is not in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_sso_unlink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                identity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_step_up_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        good_for_s: number;
                        ways: string[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_step_up: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six digits that the app shows now */
                    code?: string;
                    passkey?: {
                        id: string;
                        rawId: string;
                        response: {
                            authenticatorData: string;
                            clientDataJSON: string;
                            signature: string;
                            userHandle?: string;
                        };
                        /** @constant */
                        type: "public-key";
                    };
                    password?: string;
                    recovery_code?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        good_for_s: number;
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This did not prove who you are; This session has ended; sign in again */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not a way in which you can prove who you are; This passkey cannot be accepted */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_step_up_passkey_options: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowCredentials?: {
                            id: string;
                            transports?: string[];
                            /** @constant */
                            type: "public-key";
                        }[];
                        challenge: string;
                        rpId: string;
                        timeout: number;
                        userVerification: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_totp_begin: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        secret: string | null;
                        uri: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An authenticator app is set up; remove it first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_totp_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such factor */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_totp_confirm: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six digits that the app shows now */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[] | null;
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This session has ended; sign in again */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such factor */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not the code that the app shows now */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organisation_list_own: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            /** @enum {unknown} */
                            status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organisation_create_own: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A database for the new organisation is still being prepared; nothing was created; Creating the organisation took too long and was undone; nothing was created */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organisation_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        membership: {
                            /** @enum {unknown} */
                            base_role: "owner" | "admin" | "member";
                            designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                            member_id: string;
                            /** @enum {unknown} */
                            surface: "studio" | "hub";
                        } | null;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        permissions: {
                            /** @description role, designation, custom_role, grant, superadmin or key_scope; null when nothing gives it */
                            from: string | null;
                            held: boolean;
                            lost_to: string | null;
                            /** @description Of the role, designation or custom role that gives it */
                            name: string | null;
                            /** @enum {unknown} */
                            permission: "run.execute" | "run.acknowledge" | "run.acknowledge_others" | "run.approve_manager" | "run.approve_compliance" | "run.view_own" | "run.view_team" | "run.view_org" | "app.view" | "app.publish" | "app.review" | "catalog.manage" | "studio.discover" | "studio.define" | "studio.design" | "studio.build" | "model.view" | "model.assign" | "provider.view" | "provider.manage" | "secrets.manage" | "tool_credential.manage" | "mcp_external.manage" | "billing.view" | "billing.manage" | "wallet.topup" | "costs.view" | "invoice.view" | "insights.view" | "usage.view_own" | "usage.view_team" | "usage.view_org" | "spend_limit.manage" | "quota.manage" | "quota.topup" | "quota.decide" | "quota.request" | "audit.view" | "audit.view_content" | "audit.export" | "directory.view" | "user.view" | "user.invite" | "user.change" | "user.remove" | "role.change" | "session.revoke_any" | "team.manage" | "policy.view" | "policy.manage" | "security.manage" | "sso.manage" | "api_key.own" | "api_key.manage" | "worker_key.view" | "org.view" | "org.settings" | "org.delete" | "workspace.view" | "workspace.create" | "workspace.delete" | "project.view" | "project.create" | "project.list_all" | "project.set_members" | "project.delete";
                        }[];
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organisation_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This cannot be done with an organisation of this status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    organisation_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    metadata?: {
                        [key: string]: string;
                    };
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    api_key_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                member_id?: string;
                owner?: "organisation" | "anybody";
                revoked?: boolean;
                service_account_id?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description From where it may be used; none: from everywhere */
                            addresses: string[];
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            disabled_at: string | null;
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                            last_used_at: string | null;
                            mask: string;
                            member_id: string | null;
                            name: string;
                            previous_valid_until: string | null;
                            project_id: string;
                            revoked_at: string | null;
                            rotated_at: string | null;
                            scopes: string[];
                            service_account_id: string | null;
                            use_case_id: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    api_key_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    addresses?: string[];
                    /** @default 90 */
                    expires_in_days?: number;
                    name: string;
                    project_id?: string;
                    /** @description Named by a super-admin who is no member: who answers for the key */
                    responsible_member_id?: string;
                    /** @description Permissions the key may carry; you hold each of them */
                    scopes: string[];
                    service_account_id?: string;
                    use_case_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From where it may be used; none: from everywhere */
                        addresses: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        disabled_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        key: string | null;
                        last_used_at: string | null;
                        mask: string;
                        member_id: string | null;
                        name: string;
                        previous_valid_until: string | null;
                        project_id: string;
                        revoked_at: string | null;
                        rotated_at: string | null;
                        scopes: string[];
                        service_account_id: string | null;
                        use_case_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Your role in this project does not allow this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This project is archived */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A key cannot carry one of these scopes; Something that is named in the request does not exist here; A name has 1 to 200 characters and no control characters; Some of these are no addresses */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    api_key_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This API key was revoked before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    api_key_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    addresses?: string[];
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From where it may be used; none: from everywhere */
                        addresses: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        disabled_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        last_used_at: string | null;
                        mask: string;
                        member_id: string | null;
                        name: string;
                        previous_valid_until: string | null;
                        project_id: string;
                        revoked_at: string | null;
                        rotated_at: string | null;
                        scopes: string[];
                        service_account_id: string | null;
                        use_case_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This API key was revoked before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Some of these are no addresses; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    api_key_rotate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                key: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 90 */
                    expires_in_days?: number;
                    /**
                     * @description How long the secret before stays good
                     * @default 24
                     */
                    overlap_hours?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From where it may be used; none: from everywhere */
                        addresses: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        disabled_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        key: string | null;
                        last_used_at: string | null;
                        mask: string;
                        member_id: string | null;
                        name: string;
                        previous_valid_until: string | null;
                        project_id: string;
                        revoked_at: string | null;
                        rotated_at: string | null;
                        scopes: string[];
                        service_account_id: string | null;
                        use_case_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This API key was revoked before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A key cannot carry one of these scopes */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_submission_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            app_id: string;
                            author_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                            ended_at: string | null;
                            id: string;
                            name: string;
                            published_at: string | null;
                            reason: string | null;
                            /** @description Raised by every change; acts name the one they were decided on */
                            revision: number;
                            /** @enum {unknown} */
                            state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                            submitted_at: string | null;
                            /** Format: date-time */
                            updated_at: string;
                            version: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** @description The eleven checks, always all of them and in this order */
                        checks: {
                            /** @enum {unknown} */
                            check: "files_present" | "input_structure" | "output_structure" | "pipeline_declared" | "risk_declared" | "supervision_declared" | "provider_controlled" | "cost_supported" | "expert_authority" | "oath_signed" | "version_identity";
                            findings: {
                                message: string;
                                pointer: string;
                            }[];
                            /** @enum {unknown} */
                            result: "passed" | "failed" | "pending";
                            says: string;
                        }[];
                        /** @description The six files of the contract by their names */
                        content: unknown;
                        content_hash: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        oath: {
                            /** Format: date-time */
                            accepted_at: string;
                            expert_id: string | null;
                            statement: string;
                        } | null;
                        oath_statement: string | null;
                        published_at: string | null;
                        published_version_id: string | null;
                        questions: {
                            question: string;
                            says: string;
                        }[];
                        reason: string | null;
                        reviews: {
                            answers: {
                                [key: string]: boolean;
                            };
                            comment: string | null;
                            /** Format: date-time */
                            decided_at: string;
                            decision: string;
                            id: string;
                            reviewer_id: string;
                        }[];
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only the author of this version may do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six files by their names: info, input, pipeline, result, governance, pricing */
                    content: {
                        [key: string]: unknown;
                    };
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** @description The eleven checks, always all of them and in this order */
                        checks: {
                            /** @enum {unknown} */
                            check: "files_present" | "input_structure" | "output_structure" | "pipeline_declared" | "risk_declared" | "supervision_declared" | "provider_controlled" | "cost_supported" | "expert_authority" | "oath_signed" | "version_identity";
                            findings: {
                                message: string;
                                pointer: string;
                            }[];
                            /** @enum {unknown} */
                            result: "passed" | "failed" | "pending";
                            says: string;
                        }[];
                        /** @description The six files of the contract by their names */
                        content: unknown;
                        content_hash: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        oath: {
                            /** Format: date-time */
                            accepted_at: string;
                            expert_id: string | null;
                            statement: string;
                        } | null;
                        oath_statement: string | null;
                        published_at: string | null;
                        published_version_id: string | null;
                        questions: {
                            question: string;
                            says: string;
                        }[];
                        reason: string | null;
                        reviews: {
                            answers: {
                                [key: string]: boolean;
                            };
                            comment: string | null;
                            /** Format: date-time */
                            decided_at: string;
                            decision: string;
                            id: string;
                            reviewer_id: string;
                        }[];
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only the author of this version may do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_diff: {
        parameters: {
            query?: {
                against?: string;
            };
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        against: string | null;
                        differences: {
                            after: unknown;
                            before: unknown;
                            /** @enum {unknown} */
                            kind: "added" | "removed" | "changed";
                            pointer: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_swear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                    statement: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** @description The eleven checks, always all of them and in this order */
                        checks: {
                            /** @enum {unknown} */
                            check: "files_present" | "input_structure" | "output_structure" | "pipeline_declared" | "risk_declared" | "supervision_declared" | "provider_controlled" | "cost_supported" | "expert_authority" | "oath_signed" | "version_identity";
                            findings: {
                                message: string;
                                pointer: string;
                            }[];
                            /** @enum {unknown} */
                            result: "passed" | "failed" | "pending";
                            says: string;
                        }[];
                        /** @description The six files of the contract by their names */
                        content: unknown;
                        content_hash: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        oath: {
                            /** Format: date-time */
                            accepted_at: string;
                            expert_id: string | null;
                            statement: string;
                        } | null;
                        oath_statement: string | null;
                        published_at: string | null;
                        published_version_id: string | null;
                        questions: {
                            question: string;
                            says: string;
                        }[];
                        reason: string | null;
                        reviews: {
                            answers: {
                                [key: string]: boolean;
                            };
                            comment: string | null;
                            /** Format: date-time */
                            decided_at: string;
                            decision: string;
                            id: string;
                            reviewer_id: string;
                        }[];
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only the author of this version may do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The oath must be given in the words that are shown for this version */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_publish: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only the author of this version may do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that; The Digital Oath was not given for this version; A version of this number was published meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The contract does not pass its checks */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_review: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answers: {
                        data: boolean;
                        pipeline: boolean;
                        price: boolean;
                        purpose: boolean;
                        result: boolean;
                        risk: boolean;
                    };
                    comment?: string | null;
                    /** @enum {unknown} */
                    decision: "approved" | "returned";
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Nobody reviews their own version */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A version is approved when every question is answered with yes, and returned with a comment; The contract does not pass its checks */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_submit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only the author of this version may do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The contract does not pass its checks */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_take_back: {
        parameters: {
            query: {
                revision: number;
            };
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only the author of this version may do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_suspend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_test: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Own inputs besides the made ones */
                    inputs?: unknown[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            expected: ("accepted" | "refused") | null;
                            input: unknown;
                            /** @enum {unknown} */
                            kind: "normal" | "edge" | "missing" | "invalid" | "own";
                            /** @enum {unknown} */
                            outcome: "accepted" | "refused";
                            quote_micros: number | null;
                            title: string;
                            violations: {
                                message: string;
                                pointer: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is no valid contract of an app */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_withdraw: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only the author of this version may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_list: {
        parameters: {
            query?: {
                category?: string;
                search?: string;
                source?: "internal" | "public";
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            app_id: string;
                            base_micros: number;
                            category: string;
                            description: string;
                            engine_type: string;
                            icon: string | null;
                            language: string;
                            name: string;
                            promoted: boolean;
                            /** Format: date-time */
                            published_at: string;
                            risk: string;
                            /** @enum {unknown} */
                            source: "internal" | "public";
                            supervision_required: boolean;
                            tags: string[];
                            version: string;
                            version_id: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        /** @description The six files of the contract by their names */
                        contract: unknown;
                        contract_hash: string;
                        /** @description The JSON Schema of the input, derived from the fields */
                        input_schema: unknown;
                        /** Format: date-time */
                        published_at: string;
                        /** @enum {unknown} */
                        source: "internal" | "public";
                        version: string;
                        version_id: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_entry_list: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                cursor?: string;
                event?: string;
                execution_id?: string;
                from?: string;
                limit?: number;
                outcome?: "succeeded" | "refused" | "failed";
                reason?: string;
                request_id?: string;
                target_id?: string;
                target_type?: string;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor_id: string | null;
                            actor_role: string | null;
                            actor_type: string;
                            address: string | null;
                            api_key_id: string | null;
                            /** Format: date-time */
                            at: string;
                            event: string;
                            execution_id: string | null;
                            id: string;
                            outcome: string;
                            reason_code: string | null;
                            request_id: string | null;
                            target_id: string | null;
                            target_type: string | null;
                            via: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_entry_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actor_id: string | null;
                        actor_role: string | null;
                        actor_type: string;
                        address: string | null;
                        api_key_id: string | null;
                        /** Format: date-time */
                        at: string;
                        data: unknown;
                        event: string;
                        execution_id: string | null;
                        id: string;
                        outcome: string;
                        reason_code: string | null;
                        request_id: string | null;
                        target_id: string | null;
                        target_type: string | null;
                        via: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_entry_open_content: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        execution_id: string;
                        input: string | null;
                        output: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_facets: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                event?: string;
                execution_id?: string;
                from?: string;
                outcome?: "succeeded" | "refused" | "failed";
                reason?: string;
                request_id?: string;
                target_id?: string;
                target_type?: string;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actors: {
                            actor_id: string | null;
                            actor_type: string;
                            count: number;
                        }[];
                        events: {
                            count: number;
                            event: string;
                        }[];
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_histogram: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                bucket?: "minute" | "hour" | "day" | "week" | "month";
                event?: string;
                execution_id?: string;
                from?: string;
                outcome?: "succeeded" | "refused" | "failed";
                reason?: string;
                request_id?: string;
                target_id?: string;
                target_type?: string;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bucket: string;
                        /** Format: date-time */
                        from: string;
                        items: {
                            failed: number;
                            refused: number;
                            /** Format: date-time */
                            starts_at: string;
                            succeeded: number;
                        }[];
                        /** Format: date-time */
                        to: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    api_request_list: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                request_id?: string;
                route?: string;
                status?: string;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor_id: string | null;
                            actor_type: string;
                            address: string | null;
                            api_key_id: string | null;
                            /** Format: date-time */
                            at: string;
                            duration_ms: number;
                            method: string;
                            request_id: string;
                            route: string;
                            status: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        internal_apps: {
                            app_id: string;
                            base_micros: number;
                            category: string;
                            description: string;
                            engine_type: string;
                            icon: string | null;
                            language: string;
                            name: string;
                            position: number | null;
                            /** Format: date-time */
                            published_at: string;
                            risk: string;
                            /** @enum {unknown} */
                            source: "internal" | "public";
                            supervision_required: boolean;
                            tags: string[];
                            version: string;
                            version_id: string;
                        }[];
                        /** @enum {unknown} */
                        mode: "all" | "allowlist" | "blocklist";
                        public_apps: {
                            app_id: string;
                            available: boolean;
                            base_micros: number;
                            category: string;
                            description: string;
                            engine_type: string;
                            icon: string | null;
                            language: string;
                            name: string;
                            on_allowlist: boolean;
                            on_blocklist: boolean;
                            /** Format: date-time */
                            published_at: string;
                            risk: string;
                            /** @enum {unknown} */
                            source: "internal" | "public";
                            supervision_required: boolean;
                            tags: string[];
                            version: string;
                            version_id: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_mode_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    mode: "all" | "allowlist" | "blocklist";
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_entry_add: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app: string;
                list: "allow" | "block";
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_entry_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app: string;
                list: "allow" | "block";
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalog_promote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    app_ids: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_ids: string[];
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    directory_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    execution_list: {
        parameters: {
            query?: {
                api_key_id?: string;
                cursor?: string;
                engine_type?: "gateway" | "prompt" | "document" | "analysis" | "workflow" | "agent" | "chat" | "build";
                from?: string;
                limit?: number;
                member_id?: string;
                model?: string;
                project_id?: string;
                reason_code?: string;
                state?: "created" | "running" | "paused" | "draft" | "review" | "acknowledged" | "finalised" | "failed" | "cancelled";
                team_id?: string;
                to?: string;
                use_case_id?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            admitted_at: string;
                            api_key_id: string | null;
                            cached_input_tokens: number | null;
                            charge_micros?: number | null;
                            duration_ms: number | null;
                            engine_type: string;
                            hold_micros?: number;
                            hold_tokens: number;
                            id: string;
                            input_tokens: number | null;
                            is_streamed: boolean;
                            member_id: string | null;
                            model: string | null;
                            output_tokens: number | null;
                            project_id: string;
                            reason_code: string | null;
                            risk: string;
                            settled_at: string | null;
                            state: string;
                            team_id: string | null;
                            tokens_estimated: boolean | null;
                            trigger_source: string;
                            use_case_id: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    execution_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                execution: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actor_role: string | null;
                        /** Format: date-time */
                        admitted_at: string;
                        api_key_id: string | null;
                        billing: string;
                        cached_input_tokens: number | null;
                        charge_micros?: number | null;
                        duration_ms: number | null;
                        engine_type: string;
                        has_content: boolean;
                        hold_micros?: number;
                        hold_tokens: number;
                        id: string;
                        input_hash: string;
                        input_tokens: number | null;
                        is_streamed: boolean;
                        late_settled_at: string | null;
                        member_id: string | null;
                        model: string | null;
                        model_id: string | null;
                        output_hash: string | null;
                        output_tokens: number | null;
                        platform_version: number;
                        policy_version: number;
                        price_version: number | null;
                        project_id: string;
                        provider_status: number | null;
                        reason_code: string | null;
                        request_id: string;
                        risk: string;
                        settled_at: string | null;
                        state: string;
                        team_id: string | null;
                        tokens_estimated: boolean | null;
                        trigger_source: string;
                        use_case_id: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            expires_at: string | null;
                            format: string | null;
                            id: string;
                            member_id: string | null;
                            name: string;
                            sha256: string | null;
                            size_bytes: number | null;
                            /** @description stored; expired: its bytes are gone, its record stays */
                            state: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_upload: {
        parameters: {
            query: {
                name: string;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        expires_at: string | null;
                        format: string | null;
                        id: string;
                        member_id: string | null;
                        name: string;
                        sha256: string | null;
                        size_bytes: number | null;
                        /** @description stored; expired: its bytes are gone, its record stays */
                        state: string;
                    };
                };
            };
            /** @description The request cannot be read; The upload broke off before its end */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is larger than allowed here */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The file is empty; Files of this kind are not taken */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        expires_at: string | null;
                        format: string | null;
                        id: string;
                        member_id: string | null;
                        name: string;
                        sha256: string | null;
                        size_bytes: number | null;
                        /** @description stored; expired: its bytes are gone, its record stays */
                        state: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bytes of this file were deleted when its time had come; A run that is not over uses this file */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bytes of this file were deleted when its time had come */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_extend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                file: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    days: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        expires_at: string | null;
                        format: string | null;
                        id: string;
                        member_id: string | null;
                        name: string;
                        sha256: string | null;
                        size_bytes: number | null;
                        /** @description stored; expired: its bytes are gone, its record stays */
                        state: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bytes of this file were deleted when its time had come */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    internal_app_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            app_id: string;
                            author_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                            current: {
                                app_id: string;
                                author_id: string | null;
                                /** Format: date-time */
                                created_at: string;
                                ended_at: string | null;
                                id: string;
                                name: string;
                                published_at: string | null;
                                reason: string | null;
                                /** @description Raised by every change; acts name the one they were decided on */
                                revision: number;
                                /** @enum {unknown} */
                                state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                                submitted_at: string | null;
                                /** Format: date-time */
                                updated_at: string;
                                version: string | null;
                            } | null;
                            ended_at: string | null;
                            id: string;
                            name: string;
                            published_at: string | null;
                            reason: string | null;
                            /** @description Raised by every change; acts name the one they were decided on */
                            revision: number;
                            /** @enum {unknown} */
                            state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                            submitted_at: string | null;
                            /** Format: date-time */
                            updated_at: string;
                            version: string | null;
                            version_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    internal_app_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six files by their names: info, input, pipeline, result, governance, pricing */
                    content: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            app_id: string;
                            author_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                            ended_at: string | null;
                            id: string;
                            name: string;
                            published_at: string | null;
                            reason: string | null;
                            /** @description Raised by every change; acts name the one they were decided on */
                            revision: number;
                            /** @enum {unknown} */
                            state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                            submitted_at: string | null;
                            /** Format: date-time */
                            updated_at: string;
                            version: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_version_begin: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                app: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six files by their names: info, input, pipeline, result, governance, pricing */
                    content?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    internal_app_import: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is larger than allowed here */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is no archive of the six files of an app */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    limit_list: {
        parameters: {
            query?: {
                scope_id?: string;
                scope_kind?: "organisation" | "team" | "project" | "use_case" | "user";
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            micros?: {
                                is_binding: boolean;
                                limit: number | null;
                                /** @enum {unknown} */
                                period: "day" | "week" | "month" | "total";
                                resets_at: string | null;
                                room: number | null;
                                top_up: number;
                                used: number;
                            }[];
                            name: string | null;
                            scope_id: string | null;
                            scope_kind: string;
                            tokens: {
                                is_binding: boolean;
                                limit: number | null;
                                /** @enum {unknown} */
                                period: "day" | "week" | "month" | "total";
                                resets_at: string | null;
                                room: number | null;
                                top_up: number;
                                used: number;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_api_key_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                revoked?: boolean;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description From where it may be used; none: from everywhere */
                            addresses: string[];
                            /** Format: date-time */
                            created_at: string;
                            created_by: string;
                            disabled_at: string | null;
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                            last_used_at: string | null;
                            mask: string;
                            member_id: string | null;
                            name: string;
                            previous_valid_until: string | null;
                            project_id: string;
                            revoked_at: string | null;
                            rotated_at: string | null;
                            scopes: string[];
                            service_account_id: string | null;
                            use_case_id: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_api_key_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    addresses?: string[];
                    /** @default 90 */
                    expires_in_days?: number;
                    name: string;
                    project_id?: string;
                    /** @description Permissions the key may carry; you hold each of them */
                    scopes: string[];
                    use_case_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From where it may be used; none: from everywhere */
                        addresses: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        disabled_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        key: string | null;
                        last_used_at: string | null;
                        mask: string;
                        member_id: string | null;
                        name: string;
                        previous_valid_until: string | null;
                        project_id: string;
                        revoked_at: string | null;
                        rotated_at: string | null;
                        scopes: string[];
                        service_account_id: string | null;
                        use_case_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Your role in this project does not allow this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This project is archived */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A key cannot carry one of these scopes; Something that is named in the request does not exist here; A name has 1 to 200 characters and no control characters; Some of these are no addresses */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_api_key_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This API key was revoked before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_api_key_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    addresses?: string[];
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From where it may be used; none: from everywhere */
                        addresses: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        disabled_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        last_used_at: string | null;
                        mask: string;
                        member_id: string | null;
                        name: string;
                        previous_valid_until: string | null;
                        project_id: string;
                        revoked_at: string | null;
                        rotated_at: string | null;
                        scopes: string[];
                        service_account_id: string | null;
                        use_case_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This API key was revoked before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Some of these are no addresses; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_api_key_rotate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                key: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 90 */
                    expires_in_days?: number;
                    /**
                     * @description How long the secret before stays good
                     * @default 24
                     */
                    overlap_hours?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From where it may be used; none: from everywhere */
                        addresses: string[];
                        /** Format: date-time */
                        created_at: string;
                        created_by: string;
                        disabled_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        key: string | null;
                        last_used_at: string | null;
                        mask: string;
                        member_id: string | null;
                        name: string;
                        previous_valid_until: string | null;
                        project_id: string;
                        revoked_at: string | null;
                        rotated_at: string | null;
                        scopes: string[];
                        service_account_id: string | null;
                        use_case_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This API key was revoked before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A key cannot carry one of these scopes */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                role?: "owner" | "admin" | "member";
                search?: string;
                status?: "active" | "suspended" | "removed";
                team_id?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {unknown} */
                            base_role: "owner" | "admin" | "member";
                            designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                            display_name: string | null;
                            email: string | null;
                            id: string;
                            /** Format: date-time */
                            joined_at: string;
                            primary_team_id: string | null;
                            removed_at: string | null;
                            /** @enum {unknown} */
                            status: "active" | "suspended" | "removed";
                            /** @enum {unknown} */
                            surface: "studio" | "hub";
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    display_name: string;
                    email: string;
                    /**
                     * @default studio
                     * @enum {unknown}
                     */
                    surface?: "studio" | "hub";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        base_role: "owner" | "admin" | "member";
                        designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                        display_name: string | null;
                        email: string | null;
                        id: string;
                        /** Format: date-time */
                        joined_at: string;
                        one_time_password: string | null;
                        primary_team_id: string | null;
                        removed_at: string | null;
                        /** @enum {unknown} */
                        status: "active" | "suspended" | "removed";
                        /** @enum {unknown} */
                        surface: "studio" | "hub";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is a member already; People prove their e-mail address here: invite them instead */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not an e-mail address; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        base_role: "owner" | "admin" | "member";
                        custom_roles: {
                            id: string;
                            name: string;
                            permissions: string[];
                        }[];
                        denies: string[];
                        designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                        display_name: string | null;
                        email: string | null;
                        grants: string[];
                        id: string;
                        /** Format: date-time */
                        joined_at: string;
                        permissions: {
                            /** @description role, designation, custom_role, grant, superadmin or key_scope; null when nothing gives it */
                            from: string | null;
                            held: boolean;
                            lost_to: string | null;
                            /** @description Of the role, designation or custom role that gives it */
                            name: string | null;
                            /** @enum {unknown} */
                            permission: "run.execute" | "run.acknowledge" | "run.acknowledge_others" | "run.approve_manager" | "run.approve_compliance" | "run.view_own" | "run.view_team" | "run.view_org" | "app.view" | "app.publish" | "app.review" | "catalog.manage" | "studio.discover" | "studio.define" | "studio.design" | "studio.build" | "model.view" | "model.assign" | "provider.view" | "provider.manage" | "secrets.manage" | "tool_credential.manage" | "mcp_external.manage" | "billing.view" | "billing.manage" | "wallet.topup" | "costs.view" | "invoice.view" | "insights.view" | "usage.view_own" | "usage.view_team" | "usage.view_org" | "spend_limit.manage" | "quota.manage" | "quota.topup" | "quota.decide" | "quota.request" | "audit.view" | "audit.view_content" | "audit.export" | "directory.view" | "user.view" | "user.invite" | "user.change" | "user.remove" | "role.change" | "session.revoke_any" | "team.manage" | "policy.view" | "policy.manage" | "security.manage" | "sso.manage" | "api_key.own" | "api_key.manage" | "worker_key.view" | "org.view" | "org.settings" | "org.delete" | "workspace.view" | "workspace.create" | "workspace.delete" | "project.view" | "project.create" | "project.list_all" | "project.set_members" | "project.delete";
                        }[];
                        primary_team_id: string | null;
                        removed_at: string | null;
                        /** @enum {unknown} */
                        status: "active" | "suspended" | "removed";
                        /** @enum {unknown} */
                        surface: "studio" | "hub";
                        team_ids: string[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only an owner may do this; This member has a higher role than you */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first; An organisation keeps at least one active owner */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    primary_team_id?: string | null;
                    /** @enum {unknown} */
                    surface?: "studio" | "hub";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        primary_team_id: string | null;
                        /** @enum {unknown} */
                        surface: "studio" | "hub";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only an owner may do this; This member has a higher role than you */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Something that is named in the request does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_set_designations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                        id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Only an owner may do this; This member has a higher role than you; Only owners extend what they may do themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_set_permissions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    denies: string[];
                    grants: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        denies: string[];
                        grants: string[];
                        id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Only an owner may do this; This member has a higher role than you; Only owners extend what they may do themselves */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first; An owner is not denied what keeps an organisation governed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; There is no permission of this name; This permission belongs to roles and cannot be granted to one member */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_reactivate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {unknown} */
                        status: "active" | "suspended" | "removed";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only an owner may do this; This member has a higher role than you */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first; The membership has this status already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_set_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    base_role: "owner" | "admin" | "member";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        base_role: "owner" | "admin" | "member";
                        id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Only an owner may do this; This member has a higher role than you; Nobody raises their own role */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first; An organisation keeps at least one active owner; An owner is not denied what keeps an organisation governed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_sign_out: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only an owner may do this; This member has a higher role than you */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_suspend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                member: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {unknown} */
                        status: "active" | "suspended" | "removed";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Only an owner may do this; This member has a higher role than you */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first; The membership has this status already; An organisation keeps at least one active owner */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    model_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            audio_input_tokens: number | null;
                            cached_input_micros_per_mtok: number;
                            default_output_tokens: number;
                            file_input_tokens: number | null;
                            id: string;
                            image_input_tokens: number | null;
                            input_micros_per_mtok: number;
                            max_output_tokens: number;
                            name: string;
                            output_micros_per_mtok: number;
                            price_version: number;
                            provider_id: string;
                            provider_name: string;
                            provider_status: "enabled" | "disabled";
                            reasoning_tokens: number;
                            source: "platform" | "organisation";
                            status: "enabled" | "disabled";
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_model_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            audio_input_tokens: number | null;
                            cached_input_micros_per_mtok: number;
                            /** Format: date-time */
                            created_at: string;
                            default_output_tokens: number;
                            file_input_tokens: number | null;
                            id: string;
                            image_input_tokens: number | null;
                            input_micros_per_mtok: number;
                            max_output_tokens: number;
                            name: string;
                            output_micros_per_mtok: number;
                            price_version: number;
                            provider_id: string;
                            provider_name: string;
                            reasoning_tokens: number;
                            status: "enabled" | "disabled";
                            upstream_name: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_model_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    audio_input_tokens?: number | null;
                    default_output_tokens?: number;
                    file_input_tokens?: number | null;
                    image_input_tokens?: number | null;
                    max_output_tokens?: number;
                    name: string;
                    price: {
                        cached_input_micros_per_mtok: number;
                        input_micros_per_mtok: number;
                        output_micros_per_mtok: number;
                    };
                    provider_id: string;
                    reasoning_tokens?: number;
                    upstream_name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audio_input_tokens: number | null;
                        cached_input_micros_per_mtok: number;
                        /** Format: date-time */
                        created_at: string;
                        default_output_tokens: number;
                        file_input_tokens: number | null;
                        id: string;
                        image_input_tokens: number | null;
                        input_micros_per_mtok: number;
                        max_output_tokens: number;
                        name: string;
                        output_micros_per_mtok: number;
                        price_version: number;
                        provider_id: string;
                        provider_name: string;
                        reasoning_tokens: number;
                        status: "enabled" | "disabled";
                        upstream_name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A model of this name exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The default output must be at least 1 token and at most the maximum */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_model_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    audio_input_tokens?: number | null;
                    default_output_tokens?: number;
                    file_input_tokens?: number | null;
                    image_input_tokens?: number | null;
                    max_output_tokens?: number;
                    reasoning_tokens?: number;
                    status?: "enabled" | "disabled";
                    upstream_name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audio_input_tokens: number | null;
                        cached_input_micros_per_mtok: number;
                        /** Format: date-time */
                        created_at: string;
                        default_output_tokens: number;
                        file_input_tokens: number | null;
                        id: string;
                        image_input_tokens: number | null;
                        input_micros_per_mtok: number;
                        max_output_tokens: number;
                        name: string;
                        output_micros_per_mtok: number;
                        price_version: number;
                        provider_id: string;
                        provider_name: string;
                        reasoning_tokens: number;
                        status: "enabled" | "disabled";
                        upstream_name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The default output must be at least 1 token and at most the maximum */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_model_assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_model_unassign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_model_set_price: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    cached_input_micros_per_mtok: number;
                    input_micros_per_mtok: number;
                    output_micros_per_mtok: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audio_input_tokens: number | null;
                        cached_input_micros_per_mtok: number;
                        /** Format: date-time */
                        created_at: string;
                        default_output_tokens: number;
                        file_input_tokens: number | null;
                        id: string;
                        image_input_tokens: number | null;
                        input_micros_per_mtok: number;
                        max_output_tokens: number;
                        name: string;
                        output_micros_per_mtok: number;
                        price_version: number;
                        provider_id: string;
                        provider_name: string;
                        reasoning_tokens: number;
                        status: "enabled" | "disabled";
                        upstream_name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    password_rule_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        min_length: number | null;
                        needs_digits: boolean;
                        needs_letters: boolean;
                        /** @description A character that is neither letter nor digit */
                        needs_symbols: boolean;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    password_rule_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    min_length: number | null;
                    needs_digits: boolean;
                    needs_letters: boolean;
                    /** @description A character that is neither letter nor digit */
                    needs_symbols: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        min_length: number | null;
                        needs_digits: boolean;
                        needs_letters: boolean;
                        /** @description A character that is neither letter nor digit */
                        needs_symbols: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policy_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        fields: {
                            effective: unknown;
                            field: string;
                            organisation: unknown;
                            overruled: string | null;
                            platform: unknown;
                            set_by: string | null;
                        }[];
                        organisation: {
                            created_at: string | null;
                            created_by: string | null;
                            /** @description The fields that this version sets */
                            document: unknown;
                            version: number;
                        };
                        platform: {
                            created_at: string | null;
                            created_by: string | null;
                            /** @description The fields that this version sets */
                            document: unknown;
                            version: number;
                        };
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policy_put: {
        parameters: {
            query: {
                replaces: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Days after which an open level cancels the run */
                    ack_timeout_days?: number;
                    /** @description Types of engine that may run */
                    allowed_engines?: "all" | ("gateway" | "prompt" | "document" | "analysis" | "workflow" | "agent" | "chat" | "build")[];
                    /** @description Names of models that may be called */
                    allowed_models?: "all" | string[];
                    /** @description Types of provider that may be called */
                    allowed_provider_types?: "all" | ("openai" | "anthropic" | "google" | "azure_openai" | "aws_bedrock" | "openai_compatible")[];
                    /** @description Lower a request that asks for more output than is allowed, instead of refusing it */
                    clamp_max_tokens?: boolean;
                    /** @description Different persons give levels 1, 2 and 3 */
                    distinct_approvers?: boolean;
                    /**
                     * @description Risk of a plain gateway call
                     * @enum {unknown}
                     */
                    gateway_risk?: "low" | "medium" | "high" | "critical";
                    /** @description Jurisdictions an execution may be under, such as eu or uk */
                    jurisdictions?: "all" | string[];
                    /** @description Categories of app that need approval (level 2) */
                    level2_categories?: string[];
                    /**
                     * @description Lowest risk that needs approval (level 2)
                     * @enum {unknown}
                     */
                    level2_from_risk?: "off" | "low" | "medium" | "high" | "critical";
                    /** @description Distinct persons who approve at level 2 */
                    level2_quorum?: number;
                    /** @description Categories of app that need sign-off (level 3) */
                    level3_categories?: string[];
                    /**
                     * @description Lowest risk that needs sign-off (level 3)
                     * @enum {unknown}
                     */
                    level3_from_risk?: "off" | "low" | "medium" | "high" | "critical";
                    /** @description Distinct persons who sign off at level 3 */
                    level3_quorum?: number;
                    /** @description Every execution is acknowledged (level 1), whatever its app says */
                    mandatory_ack?: boolean;
                    /** @description Longest execution, in seconds */
                    max_execution_seconds?: number;
                    /** @description Largest input, in bytes */
                    max_input_bytes?: number;
                    /** @description Most output tokens of one call, all its choices together */
                    max_output_tokens?: number;
                    /** @description Most steps in one run */
                    max_steps?: number;
                    /**
                     * @description What becomes of a run that meets its token quota
                     * @enum {unknown}
                     */
                    on_quota_exceeded?: "pause" | "fail";
                    /** @description Every execution names its use case */
                    require_use_case?: boolean;
                    /**
                     * @description Of which gateway calls input and output are kept
                     * @enum {unknown}
                     */
                    store_content?: "none" | "errors" | "all";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created_at: string | null;
                        created_by: string | null;
                        /** @description The fields that this version sets */
                        document: unknown;
                        version: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The policy was changed since you looked at it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A policy may restrict what stands above it, never loosen it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policy_version_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            created_at: string | null;
                            created_by: string | null;
                            /** @description The fields that this version sets */
                            document: unknown;
                            version: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policy_version_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created_at: string | null;
                        created_by: string | null;
                        /** @description The fields that this version sets */
                        document: unknown;
                        version: number;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_list: {
        parameters: {
            query?: {
                archived?: boolean;
                cursor?: string;
                limit?: number;
                workspace_id?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            archived_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            kind: "default" | "team";
                            my_role: ("viewer" | "operator" | "builder" | "admin") | null;
                            name: string;
                            workspace_id: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    workspace_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        archived_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        kind: "default" | "team";
                        my_role: ("viewer" | "operator" | "builder" | "admin") | null;
                        name: string;
                        workspace_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Somebody has to answer for this: only a member of the organisation may do it; Your role in this workspace does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A project of this name exists, perhaps among the archived ones */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters; Something that is named in the request does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        archived_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        kind: "default" | "team";
                        my_role: ("viewer" | "operator" | "builder" | "admin") | null;
                        name: string;
                        workspace_id: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Every organisation keeps its default project; This project is archived */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    workspace_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        archived_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        kind: "default" | "team";
                        name: string;
                        workspace_id: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this project does not allow this; Your role in this workspace does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A project of this name exists, perhaps among the archived ones; This project is archived */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters; Something that is named in the request does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_list_members: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            member_id: string;
                            /** @enum {unknown} */
                            role: "viewer" | "operator" | "builder" | "admin";
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_set_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    role: "viewer" | "operator" | "builder" | "admin";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        member_id: string;
                        /** @enum {unknown} */
                        role: "viewer" | "operator" | "builder" | "admin";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this project does not allow this; Nobody gives themselves a role in a project */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In the default project everybody has the role that follows from their base role; This project is archived; This person is no longer a member; add them again first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    project_remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this project does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In the default project everybody has the role that follows from their base role; This project is archived */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_case_list: {
        parameters: {
            query?: {
                archived?: boolean;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            archived_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            name: string;
                            project_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_case_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        archived_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        name: string;
                        project_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this project does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A use case of this name exists in the project, perhaps among the archived ones; This project is archived */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_case_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                project: string;
                use_case: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this project does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This project is archived */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    provider_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            base_url: string;
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            key_mask: string | null;
                            name: string;
                            status: "enabled" | "disabled";
                            type: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    provider_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    base_url: string;
                    name: string;
                    /** @constant */
                    type: "openai_compatible";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        base_url: string;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        key_mask: string | null;
                        name: string;
                        status: "enabled" | "disabled";
                        type: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A provider of this name exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This address cannot be used for a provider; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    provider_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    base_url?: string;
                    name?: string;
                    status?: "enabled" | "disabled";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        base_url: string;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        key_mask: string | null;
                        name: string;
                        status: "enabled" | "disabled";
                        type: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A provider of this name exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This address cannot be used for a provider; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    provider_set_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        base_url: string;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        key_mask: string | null;
                        name: string;
                        status: "enabled" | "disabled";
                        type: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quota_top_up_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scope_id?: string;
                scope_kind?: "organisation" | "project" | "use_case" | "user";
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount_tokens: number;
                            /** Format: date-time */
                            granted_at: string;
                            granted_by: string;
                            id: string;
                            period: string;
                            reason: string;
                            scope_id: string | null;
                            scope_kind: string;
                            /** Format: date */
                            window_starts_on: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quota_top_up_grant: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount_tokens: number;
                    id?: string;
                    /** @enum {unknown} */
                    period: "day" | "week" | "month";
                    reason: string;
                    scope_id: string | null;
                    /** @enum {unknown} */
                    scope_kind: "organisation" | "project" | "use_case" | "user";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount_tokens: number;
                        /** Format: date-time */
                        granted_at: string;
                        granted_by: string;
                        id: string;
                        period: string;
                        reason: string;
                        scope_id: string | null;
                        scope_kind: string;
                        /** Format: date */
                        window_starts_on: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; The quota of the whole organisation is set by the super-admin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no quota here that could be topped up; Another top-up was granted under this id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Something that is named in the request does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quota_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scope_id?: string;
                scope_kind?: "organisation" | "project" | "use_case" | "user";
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            limit_tokens: number;
                            period: string;
                            scope_id: string | null;
                            scope_kind: string;
                            scope_name: string | null;
                            standing: {
                                is_binding: boolean;
                                resets_at: string | null;
                                room: number;
                                top_up: number;
                                used: number;
                            } | null;
                            /** Format: date-time */
                            updated_at: string;
                            updated_by: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quota_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limit_tokens: number;
                    /** @enum {unknown} */
                    period: "day" | "week" | "month";
                    scope_id: string | null;
                    /** @enum {unknown} */
                    scope_kind: "organisation" | "project" | "use_case" | "user";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        limit_tokens: number;
                        period: string;
                        scope_id: string | null;
                        scope_kind: string;
                        /** Format: date-time */
                        updated_at: string;
                        updated_by: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; The quota of the whole organisation is set by the super-admin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Something that is named in the request does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quota_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                quota: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; The quota of the whole organisation is set by the super-admin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        absolute_timeout_s: number | null;
                        /** @description From where people and keys may come; none: from everywhere */
                        addresses: string[];
                        idle_timeout_s: number | null;
                        mfa_required_from: string | null;
                        platform: {
                            absolute_timeout_s: number;
                            idle_timeout_s: number;
                        };
                        unconfirmed: {
                            changed_at: string | null;
                            previous_addresses: string[];
                            /** Format: date-time */
                            reverts_at: string;
                        } | null;
                        version: number;
                        your_address: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_set_addresses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Save the list although it shuts out those whom the refusal named */
                    accept_lockout?: boolean;
                    addresses: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        absolute_timeout_s: number | null;
                        /** @description From where people and keys may come; none: from everywhere */
                        addresses: string[];
                        idle_timeout_s: number | null;
                        mfa_required_from: string | null;
                        unconfirmed: {
                            changed_at: string | null;
                            previous_addresses: string[];
                            /** Format: date-time */
                            reverts_at: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This list would shut out people who are here now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Some of these are no addresses */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_confirm_addresses: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        absolute_timeout_s: number | null;
                        /** @description From where people and keys may come; none: from everywhere */
                        addresses: string[];
                        idle_timeout_s: number | null;
                        mfa_required_from: string | null;
                        unconfirmed: {
                            changed_at: string | null;
                            previous_addresses: string[];
                            /** Format: date-time */
                            reverts_at: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no list that waits for confirmation; Sign in anew, so that it is seen that one still gets in, and confirm from there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_revert_addresses: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        absolute_timeout_s: number | null;
                        /** @description From where people and keys may come; none: from everywhere */
                        addresses: string[];
                        idle_timeout_s: number | null;
                        mfa_required_from: string | null;
                        unconfirmed: {
                            changed_at: string | null;
                            previous_addresses: string[];
                            /** Format: date-time */
                            reverts_at: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no list that waits for confirmation */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_try_address: {
        parameters: {
            query: {
                address: string;
                proposed?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address: string;
                        entry: string | null;
                        is_allowed: boolean;
                        locked_out: {
                            addresses: string[];
                            api_key_ids: string[];
                            member_ids: string[];
                        };
                        you_are_allowed: boolean;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Some of these are no addresses */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_set_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 0 */
                    grace_days?: number;
                    required: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        absolute_timeout_s: number | null;
                        /** @description From where people and keys may come; none: from everywhere */
                        addresses: string[];
                        idle_timeout_s: number | null;
                        mfa_required_from: string | null;
                        unconfirmed: {
                            changed_at: string | null;
                            previous_addresses: string[];
                            /** Format: date-time */
                            reverts_at: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in with a second factor yourself before you demand one of others */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_mfa_coverage: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            has_factor: boolean | null;
                            id: string;
                            name: string;
                        }[];
                        members: number;
                        next_cursor: string | null;
                        untold: number;
                        with_factor: number;
                        without_factor: number;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    security_set_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    absolute_timeout_s: number | null;
                    idle_timeout_s: number | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        absolute_timeout_s: number | null;
                        /** @description From where people and keys may come; none: from everywhere */
                        addresses: string[];
                        idle_timeout_s: number | null;
                        mfa_required_from: string | null;
                        unconfirmed: {
                            changed_at: string | null;
                            previous_addresses: string[];
                            /** Format: date-time */
                            reverts_at: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A time-out is never longer than the platform’s */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    service_account_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            description: string;
                            disabled_at: string | null;
                            id: string;
                            name: string;
                            permissions: string[];
                            responsible_member_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    service_account_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    name: string;
                    permissions: string[];
                    responsible_member_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        disabled_at: string | null;
                        id: string;
                        name: string;
                        permissions: string[];
                        responsible_member_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is a service account of this name */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A key cannot carry one of these scopes; Something that is named in the request does not exist here; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    service_account_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    name?: string;
                    permissions?: string[];
                    responsible_member_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        disabled_at: string | null;
                        id: string;
                        name: string;
                        permissions: string[];
                        responsible_member_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Prove once more who you are to do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is a service account of this name */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A key cannot carry one of these scopes; Something that is named in the request does not exist here; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    service_account_disable: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                account: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        disabled_at: string | null;
                        id: string;
                        name: string;
                        permissions: string[];
                        responsible_member_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    service_account_enable: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                account: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        disabled_at: string | null;
                        id: string;
                        name: string;
                        permissions: string[];
                        responsible_member_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    spend_limit_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scope_id?: string;
                scope_kind?: "organisation" | "team" | "user";
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            limit_micros: number;
                            period: string;
                            scope_id: string | null;
                            scope_kind: string;
                            scope_name: string | null;
                            standing: {
                                is_binding: boolean;
                                resets_at: string | null;
                                room: number;
                                top_up: number;
                                used: number;
                            } | null;
                            /** Format: date-time */
                            updated_at: string;
                            updated_by: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    spend_limit_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limit_micros: number;
                    /** @enum {unknown} */
                    period: "day" | "week" | "month" | "total";
                    scope_id: string | null;
                    /** @enum {unknown} */
                    scope_kind: "organisation" | "team" | "user";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        limit_micros: number;
                        period: string;
                        scope_id: string | null;
                        scope_kind: string;
                        /** Format: date-time */
                        updated_at: string;
                        updated_by: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Something that is named in the request does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    spend_limit_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                spend_limit: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                             * @enum {unknown}
                             */
                            admission: "members" | "mapped_groups" | "everyone";
                            /** @description To be registered at the provider, if it logs out by back channel */
                            back_channel_logout_uri: string;
                            client_id: string;
                            /** Format: date-time */
                            created_at: string;
                            groups_claim: string;
                            id: string;
                            /** @description Whether a test sign-in has succeeded since the last change */
                            is_tested: boolean;
                            /** @description What tokens of the provider must name as their issuer */
                            issuer: string;
                            name: string;
                            /** @enum {unknown} */
                            preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                            /** @description To be registered at the provider */
                            redirect_uri: string;
                            scim_base_url: string | null;
                            scopes: string[];
                            secret_mask: string | null;
                            /** @enum {unknown} */
                            status: "draft" | "enabled" | "disabled";
                            tested_at: string | null;
                            /** @description Whether every sign-in at the provider counts as two factors */
                            trusts_mfa: boolean;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    admission?: "members" | "mapped_groups" | "everyone";
                    client_id: string;
                    domain_url?: string;
                    groups_claim?: string;
                    issuer?: string;
                    name: string;
                    /** @enum {unknown} */
                    preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                    scopes?: string[];
                    /** @description Entra ID: the directory (tenant) id */
                    tenant?: string;
                    trusts_mfa?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many connections as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The provider cannot be found by what was given; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Single sign-on is enforced and this is its last connection; stop enforcing it first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    admission?: "members" | "mapped_groups" | "everyone";
                    client_id?: string;
                    domain_url?: string;
                    groups_claim?: string;
                    issuer?: string;
                    name?: string;
                    /** @enum {unknown} */
                    preset?: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                    scopes?: string[];
                    /** @enum {unknown} */
                    status?: "enabled" | "disabled";
                    /** @description Entra ID: the directory (tenant) id */
                    tenant?: string;
                    trusts_mfa?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Set the client secret first; Single sign-on is enforced and this is its last connection; stop enforcing it first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The provider cannot be found by what was given; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authorization_endpoint: string;
                        issuer: string;
                        signing_algorithms: string[];
                        token_endpoint: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_domain_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            checked_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            domain: string;
                            /** @description The TXT record that proves the domain */
                            record: {
                                name: string;
                                value: string;
                            };
                            verified_at: string | null;
                            verified_by: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_domain_claim: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    domain: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checked_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        domain: string;
                        /** @description The TXT record that proves the domain */
                        record: {
                            name: string;
                            value: string;
                        };
                        verified_at: string | null;
                        verified_by: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many connections as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not a domain that can be claimed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_domain_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                domain: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_domain_verify: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
                domain: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checked_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        domain: string;
                        /** @description The TXT record that proves the domain */
                        record: {
                            name: string;
                            value: string;
                        };
                        verified_at: string | null;
                        verified_by: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The DNS record that proves the domain was not found; it can take a while until it is seen; This domain belongs to another connection; This domain can be mistaken for one that belongs to another connection; a super-admin can allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The DNS cannot be asked at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_mapping_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mappings: {
                            base_role: ("owner" | "admin" | "member") | null;
                            designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                            group_name: string;
                            is_manager: boolean;
                            project_id: string | null;
                            project_role: ("viewer" | "operator" | "builder" | "admin") | null;
                            team_id: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_mapping_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mappings: {
                        base_role: ("owner" | "admin" | "member") | null;
                        designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                        group_name: string;
                        is_manager: boolean;
                        project_id: string | null;
                        project_role: ("viewer" | "operator" | "builder" | "admin") | null;
                        team_id: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mappings: {
                            base_role: ("owner" | "admin" | "member") | null;
                            designations: ("manager" | "reviewer" | "compliance_officer" | "expert")[];
                            group_name: string;
                            is_manager: boolean;
                            project_id: string | null;
                            project_role: ("viewer" | "operator" | "builder" | "admin") | null;
                            team_id: string | null;
                        }[];
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Something that a group is to give does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scim_token_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                            last_used_at: string | null;
                            mask: string;
                            revoked_at: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scim_token_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 365 */
                    days?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        last_used_at: string | null;
                        mask: string;
                        revoked_at: string | null;
                        token: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A connection has at most two live tokens */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scim_token_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_set_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    client_secret: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_connection_test: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    return_to?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the browser goes now */
                        authorization_url: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This connection to an identity provider is not in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_enforcement_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        break_glass: {
                            member_id: string;
                            /** Format: date-time */
                            until: string;
                        } | null;
                        enforced_at: string | null;
                        impact: {
                            active_members: number;
                            /** @description Members who have come in through a connection and can again */
                            linked_members: number;
                            you_are_linked: boolean;
                        };
                        is_enforced: boolean;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_enforcement_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    break_glass: {
                        days: number;
                        member_id: string;
                    } | null;
                    confirm_lockout?: boolean;
                    is_enforced: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        break_glass: {
                            member_id: string;
                            /** Format: date-time */
                            until: string;
                        } | null;
                        enforced_at: string | null;
                        impact: {
                            active_members: number;
                            /** @description Members who have come in through a connection and can again */
                            linked_members: number;
                            you_are_linked: boolean;
                        };
                        is_enforced: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in by a test first: the connection has not been tried since it was last changed; You would lock yourself out: confirm it, or sign in through the connection first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Name an active owner who may come in without single sign-on */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_entitlement_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contact: string;
                        is_entitled: boolean;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            member_count: number;
                            name: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A team of this name exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        name: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A team of this name exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_list_members: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            is_manager: boolean;
                            member_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_set_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    is_manager: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        is_manager: boolean;
                        member_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team_remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tool_credential_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            description: string;
                            hosts: string[];
                            mask: string;
                            name: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tool_credential_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description: string;
                    hosts: string[];
                    /** @description The secret; left out, the one before stays */
                    value?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        hosts: string[];
                        mask: string;
                        name: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A credential goes to public hosts only, each written out */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tool_credential_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_get: {
        parameters: {
            query?: {
                engine_type?: string;
                from?: string;
                member_id?: string;
                model?: string;
                project_id?: string;
                team_id?: string;
                to?: string;
                use_case_id?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        total: {
                            cached_input_tokens: number;
                            calls: number;
                            charge_micros?: number;
                            failed_calls: number;
                            input_tokens: number;
                            output_tokens: number;
                            total_tokens: number;
                        };
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_get_over_time: {
        parameters: {
            query?: {
                bucket?: "hour" | "day" | "week" | "month";
                engine_type?: string;
                from?: string;
                member_id?: string;
                model?: string;
                project_id?: string;
                team_id?: string;
                to?: string;
                use_case_id?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        items: {
                            cached_input_tokens: number;
                            calls: number;
                            charge_micros?: number;
                            failed_calls: number;
                            input_tokens: number;
                            output_tokens: number;
                            /** Format: date-time */
                            starts_at: string;
                            total_tokens: number;
                        }[];
                        /** Format: date-time */
                        to: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_get_own: {
        parameters: {
            query?: {
                bucket?: "hour" | "day" | "week" | "month";
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        models: {
                            cached_input_tokens: number;
                            calls: number;
                            charge_micros?: number;
                            failed_calls: number;
                            input_tokens: number;
                            key: string | null;
                            name: string | null;
                            output_tokens: number;
                            total_tokens: number;
                        }[];
                        periods: {
                            cached_input_tokens: number;
                            calls: number;
                            charge_micros?: number;
                            failed_calls: number;
                            input_tokens: number;
                            output_tokens: number;
                            /** Format: date-time */
                            starts_at: string;
                            total_tokens: number;
                        }[];
                        /** Format: date-time */
                        to: string;
                        total: {
                            cached_input_tokens: number;
                            calls: number;
                            charge_micros?: number;
                            failed_calls: number;
                            input_tokens: number;
                            output_tokens: number;
                            total_tokens: number;
                        };
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_rank: {
        parameters: {
            query: {
                by: "user" | "team" | "project" | "use_case" | "model" | "engine_type";
                engine_type?: string;
                from?: string;
                limit?: number;
                member_id?: string;
                model?: string;
                project_id?: string;
                rank_by?: "money" | "tokens";
                team_id?: string;
                to?: string;
                use_case_id?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        items: {
                            cached_input_tokens: number;
                            calls: number;
                            charge_micros?: number;
                            failed_calls: number;
                            input_tokens: number;
                            key: string | null;
                            name: string | null;
                            output_tokens: number;
                            total_tokens: number;
                        }[];
                        /** Format: date-time */
                        to: string;
                        total: {
                            cached_input_tokens: number;
                            calls: number;
                            charge_micros?: number;
                            failed_calls: number;
                            input_tokens: number;
                            output_tokens: number;
                            total_tokens: number;
                        };
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wallet_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        available_micros: number;
                        balance_micros: number;
                        billing_mode: string;
                        currency: string;
                        held_micros: number;
                        lots: {
                            amount_micros: number;
                            drawn_micros: number;
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                            remaining_micros: number;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wallet_transfer_list: {
        parameters: {
            query?: {
                cursor?: string;
                from?: string;
                kind?: "top_up" | "charge" | "late_charge" | "lot_expired" | "adjustment";
                limit?: number;
                to?: string;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount_micros: number;
                            credit_account: string;
                            debit_account: string;
                            execution_id: string | null;
                            id: string;
                            kind: string;
                            lot_id: string | null;
                            /** Format: date-time */
                            posted_at: string;
                            reason: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    worker_key_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        fingerprint: string;
                        public_key: string;
                        version: number;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            description: string;
                            id: string;
                            /** @enum {unknown} */
                            my_role: "viewer" | "collaborator" | "admin";
                            name: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        id: string;
                        /** @enum {unknown} */
                        my_role: "viewer" | "collaborator" | "admin";
                        name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A workspace of this name exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        id: string;
                        /** @enum {unknown} */
                        my_role: "viewer" | "collaborator" | "admin";
                        name: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        description: string;
                        id: string;
                        /** @enum {unknown} */
                        my_role: "viewer" | "collaborator" | "admin";
                        name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this workspace does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A workspace of this name exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_list_members: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            member_id: string;
                            /** @enum {unknown} */
                            role: "viewer" | "collaborator" | "admin";
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_set_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    role: "viewer" | "collaborator" | "admin";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        member_id: string;
                        /** @enum {unknown} */
                        role: "viewer" | "collaborator" | "admin";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this workspace does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This person is no longer a member; add them again first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: string;
                org: string;
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key; This organisation ends sessions sooner; sign in again, or prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; This organisation cannot be entered from your address; This organisation demands a second factor; Your role in this workspace does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    password_reset_request: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not an e-mail address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    password_reset_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    new_password: string;
                    /** @description What stands behind the # of the link */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This link cannot be used; This password cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_submission_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            app_id: string;
                            author_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                            ended_at: string | null;
                            id: string;
                            name: string;
                            published_at: string | null;
                            reason: string | null;
                            /** @description Raised by every change; acts name the one they were decided on */
                            revision: number;
                            /** @enum {unknown} */
                            state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                            submitted_at: string | null;
                            /** Format: date-time */
                            updated_at: string;
                            version: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** @description The eleven checks, always all of them and in this order */
                        checks: {
                            /** @enum {unknown} */
                            check: "files_present" | "input_structure" | "output_structure" | "pipeline_declared" | "risk_declared" | "supervision_declared" | "provider_controlled" | "cost_supported" | "expert_authority" | "oath_signed" | "version_identity";
                            findings: {
                                message: string;
                                pointer: string;
                            }[];
                            /** @enum {unknown} */
                            result: "passed" | "failed" | "pending";
                            says: string;
                        }[];
                        /** @description The six files of the contract by their names */
                        content: unknown;
                        content_hash: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        oath: {
                            /** Format: date-time */
                            accepted_at: string;
                            expert_id: string | null;
                            statement: string;
                        } | null;
                        oath_statement: string | null;
                        published_at: string | null;
                        published_version_id: string | null;
                        questions: {
                            question: string;
                            says: string;
                        }[];
                        reason: string | null;
                        reviews: {
                            answers: {
                                [key: string]: boolean;
                            };
                            comment: string | null;
                            /** Format: date-time */
                            decided_at: string;
                            decision: string;
                            id: string;
                            reviewer_id: string;
                        }[];
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Only the author of this version may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six files by their names: info, input, pipeline, result, governance, pricing */
                    content: {
                        [key: string]: unknown;
                    };
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** @description The eleven checks, always all of them and in this order */
                        checks: {
                            /** @enum {unknown} */
                            check: "files_present" | "input_structure" | "output_structure" | "pipeline_declared" | "risk_declared" | "supervision_declared" | "provider_controlled" | "cost_supported" | "expert_authority" | "oath_signed" | "version_identity";
                            findings: {
                                message: string;
                                pointer: string;
                            }[];
                            /** @enum {unknown} */
                            result: "passed" | "failed" | "pending";
                            says: string;
                        }[];
                        /** @description The six files of the contract by their names */
                        content: unknown;
                        content_hash: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        oath: {
                            /** Format: date-time */
                            accepted_at: string;
                            expert_id: string | null;
                            statement: string;
                        } | null;
                        oath_statement: string | null;
                        published_at: string | null;
                        published_version_id: string | null;
                        questions: {
                            question: string;
                            says: string;
                        }[];
                        reason: string | null;
                        reviews: {
                            answers: {
                                [key: string]: boolean;
                            };
                            comment: string | null;
                            /** Format: date-time */
                            decided_at: string;
                            decision: string;
                            id: string;
                            reviewer_id: string;
                        }[];
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Only the author of this version may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_diff: {
        parameters: {
            query?: {
                against?: string;
            };
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        against: string | null;
                        differences: {
                            after: unknown;
                            before: unknown;
                            /** @enum {unknown} */
                            kind: "added" | "removed" | "changed";
                            pointer: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_swear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                    statement: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** @description The eleven checks, always all of them and in this order */
                        checks: {
                            /** @enum {unknown} */
                            check: "files_present" | "input_structure" | "output_structure" | "pipeline_declared" | "risk_declared" | "supervision_declared" | "provider_controlled" | "cost_supported" | "expert_authority" | "oath_signed" | "version_identity";
                            findings: {
                                message: string;
                                pointer: string;
                            }[];
                            /** @enum {unknown} */
                            result: "passed" | "failed" | "pending";
                            says: string;
                        }[];
                        /** @description The six files of the contract by their names */
                        content: unknown;
                        content_hash: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        oath: {
                            /** Format: date-time */
                            accepted_at: string;
                            expert_id: string | null;
                            statement: string;
                        } | null;
                        oath_statement: string | null;
                        published_at: string | null;
                        published_version_id: string | null;
                        questions: {
                            question: string;
                            says: string;
                        }[];
                        reason: string | null;
                        reviews: {
                            answers: {
                                [key: string]: boolean;
                            };
                            comment: string | null;
                            /** Format: date-time */
                            decided_at: string;
                            decision: string;
                            id: string;
                            reviewer_id: string;
                        }[];
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Only the author of this version may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The oath must be given in the words that are shown for this version */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_publish: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Only the author of this version may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that; The Digital Oath was not given for this version; A version of this number was published meanwhile */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The contract does not pass its checks */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_review: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answers: {
                        data: boolean;
                        pipeline: boolean;
                        price: boolean;
                        purpose: boolean;
                        result: boolean;
                        risk: boolean;
                    };
                    comment?: string | null;
                    /** @enum {unknown} */
                    decision: "approved" | "returned";
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Nobody reviews their own version */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A version is approved when every question is answered with yes, and returned with a comment; The contract does not pass its checks */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_submit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Only the author of this version may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The contract does not pass its checks */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_take_back: {
        parameters: {
            query: {
                revision: number;
            };
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Only the author of this version may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody changed this version meanwhile; look at it again; In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_suspend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_test: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Own inputs besides the made ones */
                    inputs?: unknown[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            expected: ("accepted" | "refused") | null;
                            input: unknown;
                            /** @enum {unknown} */
                            kind: "normal" | "edge" | "missing" | "invalid" | "own";
                            /** @enum {unknown} */
                            outcome: "accepted" | "refused";
                            quote_micros: number | null;
                            title: string;
                            violations: {
                                message: string;
                                pointer: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is no valid contract of an app */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_withdraw: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description In its state this version does not allow that */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            app_id: string;
                            author_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                            current: {
                                app_id: string;
                                author_id: string | null;
                                /** Format: date-time */
                                created_at: string;
                                ended_at: string | null;
                                id: string;
                                name: string;
                                published_at: string | null;
                                reason: string | null;
                                /** @description Raised by every change; acts name the one they were decided on */
                                revision: number;
                                /** @enum {unknown} */
                                state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                                submitted_at: string | null;
                                /** Format: date-time */
                                updated_at: string;
                                version: string | null;
                            } | null;
                            ended_at: string | null;
                            id: string;
                            name: string;
                            published_at: string | null;
                            reason: string | null;
                            /** @description Raised by every change; acts name the one they were decided on */
                            revision: number;
                            /** @enum {unknown} */
                            state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                            submitted_at: string | null;
                            /** Format: date-time */
                            updated_at: string;
                            version: string | null;
                            version_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six files by their names: info, input, pipeline, result, governance, pricing */
                    content: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            app_id: string;
                            author_id: string | null;
                            /** Format: date-time */
                            created_at: string;
                            ended_at: string | null;
                            id: string;
                            name: string;
                            published_at: string | null;
                            reason: string | null;
                            /** @description Raised by every change; acts name the one they were decided on */
                            revision: number;
                            /** @enum {unknown} */
                            state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                            submitted_at: string | null;
                            /** Format: date-time */
                            updated_at: string;
                            version: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_version_begin: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                app: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six files by their names: info, input, pipeline, result, governance, pricing */
                    content?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_app_import: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        app_id: string;
                        author_id: string | null;
                        /** Format: date-time */
                        created_at: string;
                        ended_at: string | null;
                        id: string;
                        name: string;
                        published_at: string | null;
                        reason: string | null;
                        /** @description Raised by every change; acts name the one they were decided on */
                        revision: number;
                        /** @enum {unknown} */
                        state: "draft" | "submitted" | "approved" | "published" | "superseded" | "suspended" | "withdrawn";
                        submitted_at: string | null;
                        /** Format: date-time */
                        updated_at: string;
                        version: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request body is larger than allowed here */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is no archive of the six files of an app */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_audit_entry_list: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                cursor?: string;
                event?: string;
                from?: string;
                limit?: number;
                organisation_id?: string;
                outcome?: "succeeded" | "refused" | "failed";
                reason?: string;
                request_id?: string;
                target_id?: string;
                target_type?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor_id: string | null;
                            actor_role: string | null;
                            actor_type: string;
                            address: string | null;
                            api_key_id: string | null;
                            /** Format: date-time */
                            at: string;
                            event: string;
                            id: string;
                            organisation_id: string | null;
                            outcome: string;
                            reason_code: string | null;
                            request_id: string | null;
                            target_id: string | null;
                            target_type: string | null;
                            via: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_audit_entry_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actor_id: string | null;
                        actor_role: string | null;
                        actor_type: string;
                        address: string | null;
                        api_key_id: string | null;
                        /** Format: date-time */
                        at: string;
                        data: unknown;
                        event: string;
                        id: string;
                        organisation_id: string | null;
                        outcome: string;
                        reason_code: string | null;
                        request_id: string | null;
                        target_id: string | null;
                        target_type: string | null;
                        via: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_audit_facets: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                event?: string;
                from?: string;
                organisation_id?: string;
                outcome?: "succeeded" | "refused" | "failed";
                reason?: string;
                request_id?: string;
                target_id?: string;
                target_type?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actors: {
                            actor_id: string | null;
                            actor_type: string;
                            count: number;
                        }[];
                        events: {
                            count: number;
                            event: string;
                        }[];
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_audit_histogram: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                bucket?: "minute" | "hour" | "day" | "week" | "month";
                event?: string;
                from?: string;
                organisation_id?: string;
                outcome?: "succeeded" | "refused" | "failed";
                reason?: string;
                request_id?: string;
                target_id?: string;
                target_type?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bucket: string;
                        /** Format: date-time */
                        from: string;
                        items: {
                            failed: number;
                            refused: number;
                            /** Format: date-time */
                            starts_at: string;
                            succeeded: number;
                        }[];
                        /** Format: date-time */
                        to: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_api_request_list: {
        parameters: {
            query?: {
                actor_id?: string;
                api_key_id?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                request_id?: string;
                route?: string;
                status?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor_id: string | null;
                            actor_type: string;
                            address: string | null;
                            api_key_id: string | null;
                            /** Format: date-time */
                            at: string;
                            duration_ms: number;
                            method: string;
                            request_id: string;
                            route: string;
                            status: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This interval of time cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    content_access_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                organisation_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            closed_at: string | null;
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                            /** Format: date-time */
                            opened_at: string;
                            organisation_id: string;
                            reason: string;
                            user_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    content_access_open: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 60 */
                    minutes?: number;
                    organisation_id: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        closed_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        /** Format: date-time */
                        opened_at: string;
                        organisation_id: string;
                        reason: string;
                        user_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Prove once more who you are to do this; Somebody has to answer for this: only a member of the organisation may do it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    content_access_close: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                access: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        closed_at: string | null;
                        /** Format: date-time */
                        expires_at: string;
                        id: string;
                        /** Format: date-time */
                        opened_at: string;
                        organisation_id: string;
                        reason: string;
                        user_id: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mail_server_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        server: {
                            /** Format: date-time */
                            changed_at: string;
                            from_address: string;
                            host: string;
                            password_mask: string | null;
                            port: number;
                            /** @enum {unknown} */
                            security: "tls" | "starttls" | "none";
                            user_name: string | null;
                        } | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mail_server_set: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from_address: string;
                    host: string;
                    port: number;
                    /**
                     * @description tls from the first byte (465), starttls demanded (587), or none (25, in an own network)
                     * @enum {unknown}
                     */
                    security: "tls" | "starttls" | "none";
                    user_name: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        changed_at: string;
                        from_address: string;
                        host: string;
                        password_mask: string | null;
                        port: number;
                        /** @enum {unknown} */
                        security: "tls" | "starttls" | "none";
                        user_name: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A password is sent to a mail server over TLS only, unless it is on this machine */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mail_server_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No mail server is set; messages wait in the outbox to be copied */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mail_server_set_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        changed_at: string;
                        from_address: string;
                        host: string;
                        password_mask: string | null;
                        port: number;
                        /** @enum {unknown} */
                        security: "tls" | "starttls" | "none";
                        user_name: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No mail server is set; messages wait in the outbox to be copied */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A password is sent to a mail server over TLS only, unless it is on this machine */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mail_server_test: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    recipient: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description sent: the server took it; refused: for good; later: it may be tried again; unconfirmed: nobody knows
                         * @enum {unknown}
                         */
                        outcome: "sent" | "refused" | "later" | "unconfirmed";
                        recipient: string;
                        reply: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No mail server is set; messages wait in the outbox to be copied */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_model_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            audio_input_tokens: number | null;
                            cached_input_micros_per_mtok: number;
                            /** Format: date-time */
                            created_at: string;
                            default_output_tokens: number;
                            file_input_tokens: number | null;
                            id: string;
                            image_input_tokens: number | null;
                            input_micros_per_mtok: number;
                            max_output_tokens: number;
                            name: string;
                            output_micros_per_mtok: number;
                            price_version: number;
                            provider_id: string;
                            provider_name: string;
                            reasoning_tokens: number;
                            status: "enabled" | "disabled";
                            upstream_name: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_model_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    audio_input_tokens?: number | null;
                    default_output_tokens?: number;
                    file_input_tokens?: number | null;
                    image_input_tokens?: number | null;
                    is_global?: boolean;
                    max_output_tokens?: number;
                    name: string;
                    price: {
                        cached_input_micros_per_mtok: number;
                        input_micros_per_mtok: number;
                        output_micros_per_mtok: number;
                    };
                    provider_id: string;
                    reasoning_tokens?: number;
                    upstream_name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audio_input_tokens: number | null;
                        cached_input_micros_per_mtok: number;
                        /** Format: date-time */
                        created_at: string;
                        default_output_tokens: number;
                        file_input_tokens: number | null;
                        id: string;
                        image_input_tokens: number | null;
                        input_micros_per_mtok: number;
                        max_output_tokens: number;
                        name: string;
                        output_micros_per_mtok: number;
                        price_version: number;
                        provider_id: string;
                        provider_name: string;
                        reasoning_tokens: number;
                        status: "enabled" | "disabled";
                        upstream_name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A model of this name exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The default output must be at least 1 token and at most the maximum */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_model_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    audio_input_tokens?: number | null;
                    default_output_tokens?: number;
                    file_input_tokens?: number | null;
                    image_input_tokens?: number | null;
                    is_global?: boolean;
                    max_output_tokens?: number;
                    reasoning_tokens?: number;
                    status?: "enabled" | "disabled";
                    upstream_name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audio_input_tokens: number | null;
                        cached_input_micros_per_mtok: number;
                        /** Format: date-time */
                        created_at: string;
                        default_output_tokens: number;
                        file_input_tokens: number | null;
                        id: string;
                        image_input_tokens: number | null;
                        input_micros_per_mtok: number;
                        max_output_tokens: number;
                        name: string;
                        output_micros_per_mtok: number;
                        price_version: number;
                        provider_id: string;
                        provider_name: string;
                        reasoning_tokens: number;
                        status: "enabled" | "disabled";
                        upstream_name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The default output must be at least 1 token and at most the maximum */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_model_assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_model_unassign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_model_set_price: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    cached_input_micros_per_mtok: number;
                    input_micros_per_mtok: number;
                    output_micros_per_mtok: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audio_input_tokens: number | null;
                        cached_input_micros_per_mtok: number;
                        /** Format: date-time */
                        created_at: string;
                        default_output_tokens: number;
                        file_input_tokens: number | null;
                        id: string;
                        image_input_tokens: number | null;
                        input_micros_per_mtok: number;
                        max_output_tokens: number;
                        name: string;
                        output_micros_per_mtok: number;
                        price_version: number;
                        provider_id: string;
                        provider_name: string;
                        reasoning_tokens: number;
                        status: "enabled" | "disabled";
                        upstream_name: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
                status?: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            metadata: {
                                [key: string]: string;
                            };
                            name: string;
                            purge_after: string | null;
                            /** @enum {unknown} */
                            status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    metadata?: {
                        [key: string]: string;
                    };
                    name: string;
                    owner: {
                        display_name: string;
                        email: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organisation: {
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            metadata: {
                                [key: string]: string;
                            };
                            name: string;
                            purge_after: string | null;
                            /** @enum {unknown} */
                            status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                        };
                        owner: {
                            email: string;
                            one_time_password: string | null;
                            user_id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters; This is not an e-mail address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A database for the new organisation is still being prepared; nothing was created; Creating the organisation took too long and was undone; nothing was created; Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This cannot be done with an organisation of this status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    metadata?: {
                        [key: string]: string;
                    };
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_archive: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This cannot be done with an organisation of this status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_billing_mode_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    billing_mode: "metered" | "wallet";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        billing_mode: "metered" | "wallet";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_quota_top_up_grant: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount_tokens: number;
                    id?: string;
                    /** @enum {unknown} */
                    period: "day" | "week" | "month";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount_tokens: number;
                        /** Format: date-time */
                        granted_at: string;
                        granted_by: string;
                        id: string;
                        period: string;
                        reason: string;
                        scope_id: string | null;
                        scope_kind: string;
                        /** Format: date */
                        window_starts_on: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no quota here that could be topped up; Another top-up was granted under this id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_quota_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limit_tokens: number;
                    /** @enum {unknown} */
                    period: "day" | "week" | "month";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        limit_tokens: number;
                        period: string;
                        scope_id: string | null;
                        scope_kind: string;
                        /** Format: date-time */
                        updated_at: string;
                        updated_by: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_quota_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
                quota: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_restore: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This cannot be done with an organisation of this status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_entitlement_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whom the organisation asks for it */
                        contact: string;
                        is_entitled: boolean;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_entitlement_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whom the organisation asks for it */
                    contact: string;
                    is_entitled: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whom the organisation asks for it */
                        contact: string;
                        is_entitled: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_organisation_suspend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        metadata: {
                            [key: string]: string;
                        };
                        name: string;
                        purge_after: string | null;
                        /** @enum {unknown} */
                        status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This cannot be done with an organisation of this status */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_wallet_adjust: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount_micros: number;
                    /** Format: date-time */
                    expires_at?: string;
                    id?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount_micros: number;
                        available_micros: number;
                        balance_micros: number;
                        credit_account: string;
                        debit_account: string;
                        execution_id: string | null;
                        expires_at: string | null;
                        held_micros: number;
                        id: string;
                        kind: string;
                        lot_id: string | null;
                        /** Format: date-time */
                        posted_at: string;
                        reason: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This would take away what open calls hold; Something else was posted under this id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Credit expires in the future, and only credit expires; A wallet does not hold this much */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_wallet_top_up: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                organisation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount_micros: number;
                    /** Format: date-time */
                    expires_at?: string;
                    id?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount_micros: number;
                        available_micros: number;
                        balance_micros: number;
                        credit_account: string;
                        debit_account: string;
                        execution_id: string | null;
                        expires_at: string | null;
                        held_micros: number;
                        id: string;
                        kind: string;
                        lot_id: string | null;
                        /** Format: date-time */
                        posted_at: string;
                        reason: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something else was posted under this id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Credit expires in the future, and only credit expires; A wallet does not hold this much */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    outbox_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
                state?: "queued" | "sending" | "sent" | "failed" | "expired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            attempts: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            due_at: string;
                            /** Format: date-time */
                            expires_at: string;
                            finished_at: string | null;
                            id: string;
                            /** @description Whether what it says can still be opened or sent */
                            is_kept: boolean;
                            kind: string;
                            last_reply: string | null;
                            organisation_id: string | null;
                            recipient: string;
                            /** @enum {unknown} */
                            state: "queued" | "sending" | "sent" | "failed" | "expired";
                            subject: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    outbox_open: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        due_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        finished_at: string | null;
                        html: string | null;
                        id: string;
                        /** @description Whether what it says can still be opened or sent */
                        is_kept: boolean;
                        kind: string;
                        last_reply: string | null;
                        link: string | null;
                        organisation_id: string | null;
                        recipient: string;
                        /** @enum {unknown} */
                        state: "queued" | "sending" | "sent" | "failed" | "expired";
                        subject: string;
                        text: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What this message says is not kept any more; A mail server is set: only a message that it did not take can be opened */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    outbox_retry: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: number;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        due_at: string;
                        /** Format: date-time */
                        expires_at: string;
                        finished_at: string | null;
                        id: string;
                        /** @description Whether what it says can still be opened or sent */
                        is_kept: boolean;
                        kind: string;
                        last_reply: string | null;
                        organisation_id: string | null;
                        recipient: string;
                        /** @enum {unknown} */
                        state: "queued" | "sending" | "sent" | "failed" | "expired";
                        subject: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What this message says is not kept any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_policy_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created_at: string | null;
                        created_by: string | null;
                        /** @description The fields that this version sets */
                        document: unknown;
                        version: number;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_policy_put: {
        parameters: {
            query: {
                replaces: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Days after which an open level cancels the run */
                    ack_timeout_days?: number;
                    /** @description Types of engine that may run */
                    allowed_engines?: "all" | ("gateway" | "prompt" | "document" | "analysis" | "workflow" | "agent" | "chat" | "build")[];
                    /** @description Names of models that may be called */
                    allowed_models?: "all" | string[];
                    /** @description Types of provider that may be called */
                    allowed_provider_types?: "all" | ("openai" | "anthropic" | "google" | "azure_openai" | "aws_bedrock" | "openai_compatible")[];
                    /** @description Lower a request that asks for more output than is allowed, instead of refusing it */
                    clamp_max_tokens?: boolean;
                    /** @description Different persons give levels 1, 2 and 3 */
                    distinct_approvers?: boolean;
                    /**
                     * @description Risk of a plain gateway call
                     * @enum {unknown}
                     */
                    gateway_risk?: "low" | "medium" | "high" | "critical";
                    /** @description Jurisdictions an execution may be under, such as eu or uk */
                    jurisdictions?: "all" | string[];
                    /** @description Categories of app that need approval (level 2) */
                    level2_categories?: string[];
                    /**
                     * @description Lowest risk that needs approval (level 2)
                     * @enum {unknown}
                     */
                    level2_from_risk?: "off" | "low" | "medium" | "high" | "critical";
                    /** @description Distinct persons who approve at level 2 */
                    level2_quorum?: number;
                    /** @description Categories of app that need sign-off (level 3) */
                    level3_categories?: string[];
                    /**
                     * @description Lowest risk that needs sign-off (level 3)
                     * @enum {unknown}
                     */
                    level3_from_risk?: "off" | "low" | "medium" | "high" | "critical";
                    /** @description Distinct persons who sign off at level 3 */
                    level3_quorum?: number;
                    /** @description Every execution is acknowledged (level 1), whatever its app says */
                    mandatory_ack?: boolean;
                    /** @description Longest execution, in seconds */
                    max_execution_seconds?: number;
                    /** @description Largest input, in bytes */
                    max_input_bytes?: number;
                    /** @description Most output tokens of one call, all its choices together */
                    max_output_tokens?: number;
                    /** @description Most steps in one run */
                    max_steps?: number;
                    /**
                     * @description What becomes of a run that meets its token quota
                     * @enum {unknown}
                     */
                    on_quota_exceeded?: "pause" | "fail";
                    /** @description Every execution names its use case */
                    require_use_case?: boolean;
                    /**
                     * @description Of which gateway calls input and output are kept
                     * @enum {unknown}
                     */
                    store_content?: "none" | "errors" | "all";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created_at: string | null;
                        created_by: string | null;
                        /** @description The fields that this version sets */
                        document: unknown;
                        version: number;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The policy was changed since you looked at it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_policy_version_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            created_at: string | null;
                            created_by: string | null;
                            /** @description The fields that this version sets */
                            document: unknown;
                            version: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description This page token is not one that Reeve gave out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_policy_version_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created_at: string | null;
                        created_by: string | null;
                        /** @description The fields that this version sets */
                        document: unknown;
                        version: number;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_provider_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            base_url: string;
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            key_mask: string | null;
                            name: string;
                            status: "enabled" | "disabled";
                            type: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_provider_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    base_url: string;
                    name: string;
                    /** @constant */
                    type: "openai_compatible";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        base_url: string;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        key_mask: string | null;
                        name: string;
                        status: "enabled" | "disabled";
                        type: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A provider of this name exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This address cannot be used for a provider; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_provider_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    base_url?: string;
                    name?: string;
                    status?: "enabled" | "disabled";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        base_url: string;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        key_mask: string | null;
                        name: string;
                        status: "enabled" | "disabled";
                        type: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A provider of this name exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This address cannot be used for a provider; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_provider_set_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        base_url: string;
                        /** Format: date-time */
                        created_at: string;
                        id: string;
                        key_mask: string | null;
                        name: string;
                        status: "enabled" | "disabled";
                        type: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_settings_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The colour of its buttons, as #rrggbb */
                        accent_color: string;
                        /**
                         * @description Whether a super-admin names a reason, told to the owners, before opening an organisation
                         * @enum {unknown}
                         */
                        content_access: "open" | "reason_required";
                        /** @description What this deployment is called in mails and on its pages */
                        deployment_name: string;
                        /** @description Whether new people prove that the mailbox is theirs before they sign in */
                        email_verification_is_required: boolean;
                        /** @description How many days an invitation is good */
                        invitation_days: number;
                        /** @description How many days a one-time password opens an account */
                        one_time_password_days: number;
                        /** @description Whether anybody may make an account and an organisation */
                        registration_is_open: boolean;
                        /** @description How many registrations one network address may ask for in an hour */
                        registrations_per_hour: number;
                        /** @description After how many seconds every session ends, unless an organisation is stricter */
                        session_absolute_s: number;
                        /** @description After how many seconds without use a session ends, unless an organisation is stricter */
                        session_idle_s: number;
                        /** @description Where people find help; every mail names it */
                        support_address: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_settings_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The colour of its buttons, as #rrggbb */
                    accent_color?: string;
                    /**
                     * @description Whether a super-admin names a reason, told to the owners, before opening an organisation
                     * @enum {unknown}
                     */
                    content_access?: "open" | "reason_required";
                    /** @description What this deployment is called in mails and on its pages */
                    deployment_name?: string;
                    /** @description Whether new people prove that the mailbox is theirs before they sign in */
                    email_verification_is_required?: boolean;
                    /** @description How many days an invitation is good */
                    invitation_days?: number;
                    /** @description How many days a one-time password opens an account */
                    one_time_password_days?: number;
                    /** @description Whether anybody may make an account and an organisation */
                    registration_is_open?: boolean;
                    /** @description How many registrations one network address may ask for in an hour */
                    registrations_per_hour?: number;
                    /** @description After how many seconds every session ends, unless an organisation is stricter */
                    session_absolute_s?: number;
                    /** @description After how many seconds without use a session ends, unless an organisation is stricter */
                    session_idle_s?: number;
                    /** @description Where people find help; every mail names it */
                    support_address?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The colour of its buttons, as #rrggbb */
                        accent_color: string;
                        /**
                         * @description Whether a super-admin names a reason, told to the owners, before opening an organisation
                         * @enum {unknown}
                         */
                        content_access: "open" | "reason_required";
                        /** @description What this deployment is called in mails and on its pages */
                        deployment_name: string;
                        /** @description Whether new people prove that the mailbox is theirs before they sign in */
                        email_verification_is_required: boolean;
                        /** @description How many days an invitation is good */
                        invitation_days: number;
                        /** @description How many days a one-time password opens an account */
                        one_time_password_days: number;
                        /** @description Whether anybody may make an account and an organisation */
                        registration_is_open: boolean;
                        /** @description How many registrations one network address may ask for in an hour */
                        registrations_per_hour: number;
                        /** @description After how many seconds every session ends, unless an organisation is stricter */
                        session_absolute_s: number;
                        /** @description After how many seconds without use a session ends, unless an organisation is stricter */
                        session_idle_s: number;
                        /** @description Where people find help; every mail names it */
                        support_address: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                             * @enum {unknown}
                             */
                            admission: "members" | "mapped_groups" | "everyone";
                            /** @description To be registered at the provider, if it logs out by back channel */
                            back_channel_logout_uri: string;
                            client_id: string;
                            /** Format: date-time */
                            created_at: string;
                            groups_claim: string;
                            id: string;
                            /** @description Whether a test sign-in has succeeded since the last change */
                            is_tested: boolean;
                            /** @description What tokens of the provider must name as their issuer */
                            issuer: string;
                            name: string;
                            /** @enum {unknown} */
                            preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                            /** @description To be registered at the provider */
                            redirect_uri: string;
                            scim_base_url: string | null;
                            scopes: string[];
                            secret_mask: string | null;
                            /** @enum {unknown} */
                            status: "draft" | "enabled" | "disabled";
                            tested_at: string | null;
                            /** @description Whether every sign-in at the provider counts as two factors */
                            trusts_mfa: boolean;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    admission?: "members" | "mapped_groups" | "everyone";
                    client_id: string;
                    domain_url?: string;
                    groups_claim?: string;
                    issuer?: string;
                    name: string;
                    /** @enum {unknown} */
                    preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                    scopes?: string[];
                    /** @description Entra ID: the directory (tenant) id */
                    tenant?: string;
                    trusts_mfa?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many connections as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The provider cannot be found by what was given; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    admission?: "members" | "mapped_groups" | "everyone";
                    client_id?: string;
                    domain_url?: string;
                    groups_claim?: string;
                    issuer?: string;
                    name?: string;
                    /** @enum {unknown} */
                    preset?: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                    scopes?: string[];
                    /** @enum {unknown} */
                    status?: "enabled" | "disabled";
                    /** @description Entra ID: the directory (tenant) id */
                    tenant?: string;
                    trusts_mfa?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Set the client secret first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; The provider cannot be found by what was given; Reeve may not connect to this address */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authorization_endpoint: string;
                        issuer: string;
                        signing_algorithms: string[];
                        token_endpoint: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_domain_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            checked_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            domain: string;
                            /** @description The TXT record that proves the domain */
                            record: {
                                name: string;
                                value: string;
                            };
                            verified_at: string | null;
                            verified_by: string | null;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_domain_claim: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    domain: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checked_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        domain: string;
                        /** @description The TXT record that proves the domain */
                        record: {
                            name: string;
                            value: string;
                        };
                        verified_at: string | null;
                        verified_by: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many connections as there may be */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This is not a domain that can be claimed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_domain_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
                domain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_domain_grant: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
                domain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checked_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        domain: string;
                        /** @description The TXT record that proves the domain */
                        record: {
                            name: string;
                            value: string;
                        };
                        verified_at: string | null;
                        verified_by: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This domain belongs to another connection */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_domain_verify: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
                domain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checked_at: string | null;
                        /** Format: date-time */
                        created_at: string;
                        domain: string;
                        /** @description The TXT record that proves the domain */
                        record: {
                            name: string;
                            value: string;
                        };
                        verified_at: string | null;
                        verified_by: string | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The DNS record that proves the domain was not found; it can take a while until it is seen; This domain belongs to another connection; This domain can be mistaken for one that belongs to another connection; a super-admin can allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The DNS cannot be asked at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_mapping_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mappings: {
                            /** @enum {unknown} */
                            base_role: "owner" | "admin" | "member";
                            group_name: string;
                            organisation_id: string;
                        }[];
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_mapping_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mappings: {
                        /** @enum {unknown} */
                        base_role: "owner" | "admin" | "member";
                        group_name: string;
                        organisation_id: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mappings: {
                            /** @enum {unknown} */
                            base_role: "owner" | "admin" | "member";
                            group_name: string;
                            organisation_id: string;
                        }[];
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; Something that a group is to give does not exist here */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_set_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    client_secret: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address of a domain of the connection
                         * @enum {unknown}
                         */
                        admission: "members" | "mapped_groups" | "everyone";
                        /** @description To be registered at the provider, if it logs out by back channel */
                        back_channel_logout_uri: string;
                        client_id: string;
                        /** Format: date-time */
                        created_at: string;
                        groups_claim: string;
                        id: string;
                        /** @description Whether a test sign-in has succeeded since the last change */
                        is_tested: boolean;
                        /** @description What tokens of the provider must name as their issuer */
                        issuer: string;
                        name: string;
                        /** @enum {unknown} */
                        preset: "entra_id" | "google_workspace" | "oracle_idcs" | "other";
                        /** @description To be registered at the provider */
                        redirect_uri: string;
                        scim_base_url: string | null;
                        scopes: string[];
                        secret_mask: string | null;
                        /** @enum {unknown} */
                        status: "draft" | "enabled" | "disabled";
                        tested_at: string | null;
                        /** @description Whether every sign-in at the provider counts as two factors */
                        trusts_mfa: boolean;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_sso_connection_test: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                connection: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    return_to?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the browser goes now */
                        authorization_url: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This connection to an identity provider is not in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_user_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
                status?: "active" | "disabled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            created_at: string;
                            display_name: string;
                            email: string;
                            email_verified_at: string | null;
                            id: string;
                            is_superadmin: boolean;
                            locale: string;
                            must_change_password: boolean;
                            status: string;
                            time_zone: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_user_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        display_name: string;
                        email: string;
                        email_verified_at: string | null;
                        id: string;
                        is_superadmin: boolean;
                        locale: string;
                        must_change_password: boolean;
                        organisations: {
                            id: string;
                            name: string;
                            status: string;
                        }[];
                        sign_in_wait_s: number;
                        status: string;
                        time_zone: string;
                    };
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_user_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    status: "active" | "disabled";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        display_name: string;
                        email: string;
                        email_verified_at: string | null;
                        id: string;
                        is_superadmin: boolean;
                        locale: string;
                        must_change_password: boolean;
                        organisations: {
                            id: string;
                            name: string;
                            status: string;
                        }[];
                        sign_in_wait_s: number;
                        status: string;
                        time_zone: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody disables their own account; Reeve keeps at least one active super-admin */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_user_reset_factors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this; Prove once more who you are to do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such factor */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    platform_user_lift_sign_in_wait: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in, or send a valid API key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You lack the permission for this; Only super-admins may do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registration_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    display_name: string;
                    email: string;
                    organisation_name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organisation: {
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            metadata: {
                                [key: string]: string;
                            };
                            name: string;
                            purge_after: string | null;
                            /** @enum {unknown} */
                            status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                        } | null;
                        person: {
                            display_name: string;
                            email: string;
                            id: string;
                        } | null;
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        } | null;
                        /**
                         * @description link_sent: the same for every address, and what follows is null; done: the person is signed in
                         * @enum {unknown}
                         */
                        state: "link_sent" | "done";
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description E-mail address or password is wrong; The password was right; now prove a second factor */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody can register here; ask for an invitation; Choose a new password first: the one you have is for a single use */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters; This is not an e-mail address; This password cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A database for the new organisation is still being prepared; nothing was created; Creating the organisation took too long and was undone; nothing was created; Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registration_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    /** @description What stands behind the # of the link */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organisation: {
                            /** Format: date-time */
                            created_at: string;
                            id: string;
                            metadata: {
                                [key: string]: string;
                            };
                            name: string;
                            purge_after: string | null;
                            /** @enum {unknown} */
                            status: "awaiting_owner" | "active" | "suspended" | "archived" | "pending_purge";
                        };
                        person: {
                            display_name: string;
                            email: string;
                            id: string;
                        };
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description E-mail address or password is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; A name has 1 to 200 characters and no control characters; This link cannot be used */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A database for the new organisation is still being prepared; nothing was created; Creating the organisation took too long and was undone; nothing was created; Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            display_name: string;
                            email: string;
                            id: string;
                            is_superadmin: boolean;
                            locale: string;
                            must_change_password: boolean;
                            time_zone: string;
                        };
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description E-mail address or password is wrong; The password was right; now prove a second factor */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Confirm your e-mail address first, by the link that was mailed to it; This one-time password has expired; choose a new password by mail, or ask for another one */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_create_by_passkey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    passkey: {
                        id: string;
                        rawId: string;
                        response: {
                            authenticatorData: string;
                            clientDataJSON: string;
                            signature: string;
                            userHandle?: string;
                        };
                        /** @constant */
                        type: "public-key";
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            display_name: string;
                            email: string;
                            id: string;
                            is_superadmin: boolean;
                            locale: string;
                            must_change_password: boolean;
                            time_zone: string;
                        };
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This did not prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Confirm your e-mail address first, by the link that was mailed to it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This passkey cannot be accepted */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_passkey_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description From `params.ticket` of the refusal `mfa_required` */
                    ticket?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowCredentials?: {
                            id: string;
                            transports?: string[];
                            /** @constant */
                            type: "public-key";
                        }[];
                        challenge: string;
                        rpId: string;
                        timeout: number;
                        userVerification: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This sign-in took too long; begin it anew */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_second_step: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six digits that the app shows now */
                    code?: string;
                    passkey?: {
                        id: string;
                        rawId: string;
                        response: {
                            authenticatorData: string;
                            clientDataJSON: string;
                            signature: string;
                            userHandle?: string;
                        };
                        /** @constant */
                        type: "public-key";
                    };
                    recovery_code?: string;
                    /** @description From `params.ticket` of the refusal `mfa_required` */
                    ticket: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            display_name: string;
                            email: string;
                            id: string;
                            is_superadmin: boolean;
                            locale: string;
                            must_change_password: boolean;
                            time_zone: string;
                        };
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This sign-in took too long; begin it anew; This did not prove who you are */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setup_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        is_needed: boolean;
                    };
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setup_complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    display_name: string;
                    email: string;
                    /** @description 15 to 128 characters that are not easy to guess */
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        person: {
                            display_name: string;
                            email: string;
                            id: string;
                            is_superadmin: boolean;
                            locale: string;
                            must_change_password: boolean;
                            time_zone: string;
                        };
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        };
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This is not the set-up token that Reeve printed when it last started */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Reeve is set up: it has a super-admin; An account with this e-mail address exists */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid; This password cannot be used; This is not an e-mail address; A name has 1 to 200 characters and no control characters */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many calls are waiting; nothing was held or charged */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in_ways: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        password: boolean;
                        sso: {
                            connection_id: string;
                            name: string;
                            preset: string;
                        } | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    connection_id: string;
                    /** @description Handed to the provider as a hint */
                    email?: string;
                    /** @description Have the provider ask anew who the person is, whoever is signed in there */
                    reauthenticate?: boolean;
                    /** @description A path of the portal */
                    return_to?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the browser goes now */
                        authorization_url: string;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Single sign-on is not part of what this organisation has agreed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This connection to an identity provider is not in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sso_complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    connection_id: string;
                    /** @description The query of the address, as it is */
                    query: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organisation_id: string | null;
                        /** @enum {unknown} */
                        outcome: "signed_in" | "linked" | "tested";
                        person: {
                            display_name: string;
                            email: string;
                            id: string;
                        } | null;
                        report: {
                            address_refusal: string | null;
                            amr: string[];
                            base_role: string | null;
                            designations: string[];
                            display_name: string | null;
                            email: string | null;
                            email_is_verified: boolean;
                            group_count: number;
                            /** @description The first hundred */
                            groups: string[];
                            is_two_factor: boolean;
                            mapped_groups: string[];
                            project_ids: string[];
                            subject: string;
                            team_ids: string[];
                            would_be_admitted: boolean;
                        } | null;
                        /** @description A path of the portal, as it was given at the beginning */
                        return_to: string;
                        session: {
                            /** Format: date-time */
                            expires_at: string;
                            id: string;
                        } | null;
                    };
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signing in through this provider did not work; This session has ended; sign in again */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here, or you may not know of it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whoever you are at this provider is linked to another account */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many failed attempts; wait before the next */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The identity provider does not answer as it should */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_contract_words: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        categories: {
                            category: string;
                            consequence: string | null;
                            label: string;
                        }[];
                        consequences: string[];
                        data_classes: string[];
                        engine_types: string[];
                        field_types: string[];
                        file_formats: string[];
                        layout_formats: ("text" | "markdown" | "number" | "date" | "boolean" | "badge" | "list" | "table" | "json")[];
                        node_types: string[];
                        provider_types: string[];
                        risks: string[];
                    };
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    app_schema_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: "info.json" | "input.json" | "pipeline.json" | "result.json" | "governance.json" | "pricing.json";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Some of what was sent is not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chat_completion_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated call with this key gets the first answer again, for 7 days */
                "Idempotency-Key"?: string;
                /** @description The use case this call belongs to, by its name in the project of the key */
                "x-reeve-use-case"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    max_completion_tokens?: number;
                    max_tokens?: number;
                    messages: Record<string, never>[];
                    model: string;
                    n?: number;
                    stream?: boolean;
                    stream_options?: Record<string, never>;
                    user?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The answer of the provider; for a stream server-sent events */
            200: {
                headers: {
                    "x-reeve-execution-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "text/event-stream": string;
                };
            };
            /** @description The body cannot be read, or the provider refused it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `invalid_api_key` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `spend_limit_exceeded` or `wallet_insufficient` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description Refused by policy or role, such as `supervision_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `model_not_assigned` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `idempotency_in_flight` or `already_done` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `idempotency_mismatch`, `use_case_required`, `use_case_unknown`, `input_not_taken`, … */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `quota_exceeded` or `provider_rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `provider_failed` or `provider_unavailable`; nothing was charged */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `overloaded`, `draining`, `organisation_unavailable` or `control_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description `provider_timeout`; nothing was charged */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    gateway_model_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description `invalid_api_key` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description Refused by policy or role, such as `supervision_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
}
