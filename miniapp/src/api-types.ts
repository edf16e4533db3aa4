// Made by `npm run types` from the api's own description. Not to be changed by hand.

export interface paths {
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the authorization code that the channel gave the mini-program */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        channel: "alipay";
                        authCode: string;
                        /** @description by which the mini-program knows this phone again: made up once, kept on it */
                        device?: string;
                    };
                };
            };
            responses: {
                /** @description The token, shown this once */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/authorized-identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What fills in a resident ID card, after signing in with a code of the scope auth_user; any error means: type by hand */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Masked, with a handle to enter by */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuthorizedIdentity"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter: name, document and consents */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description as typed, with `documentNumber`; or else `authorizedIdentity` */
                        name?: string;
                        /** @enum {string} */
                        documentType: "resident-id" | "hmt-residence-permit" | "hk-macau-travel-permit" | "taiwan-travel-permit" | "foreign-permanent-resident-id" | "overseas-chinese-passport" | "foreign-passport";
                        documentNumber?: string;
                        /** @description the handle of GET /api/authorized-identity, in place of name and number; for resident-id */
                        authorizedIdentity?: string;
                        /**
                         * Format: date
                         * @description last day; for documents that ask for it
                         */
                        validUntil?: string;
                        /** @description ISO 3166-1 alpha-3; for passports of other countries */
                        issuingCountry?: string;
                        consents: {
                            /** @enum {string} */
                            kind: "personal-information" | "bank-card-notice";
                            version: string;
                        }[];
                        /** @description 「不刷脸，到窗口办理」 instead of 【查看待办事项】; who has no other way is led there without it */
                        inPerson?: boolean;
                    };
                };
            };
            responses: {
                /** @description Where the journey stands */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description The document is still being checked; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The journey this session was last at */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Where it stands */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a journey stands */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Where it stands */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/face-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 【同意协议并认证】: open a face check, or go on with the one that is open */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        revision: number;
                        consent: {
                            /** @enum {string} */
                            kind: "personal-information" | "face-check" | "bank-card-check" | "bank-card-notice";
                            version: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/face-checks/{certifyId}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The phone came back from the face check: ask the vendor how it came out */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    certifyId: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/declination": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 【暂不认证】, and back after a failed face check */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/bank-card-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check the person's own bank card */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        revision: number;
                        cardNumber: string;
                        phone?: string;
                        consent: {
                            /** @enum {string} */
                            kind: "personal-information" | "face-check" | "bank-card-check" | "bank-card-notice";
                            version: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/portrait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The face picture that was captured */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description JPEG or PNG */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/*": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/portrait-review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 【查看待办事项】 or 【重新录入】 below the captured picture */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        revision: number;
                        /** @enum {string} */
                        decision: "confirm" | "re-enter";
                    };
                };
            };
            responses: {
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the person has agreed to in this journey */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Newest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            consents: {
                                kind: string;
                                version: string;
                                title: string;
                                /** @description what taking it back stops, and what stays by law */
                                onWithdrawal: string;
                                /** Format: date-time */
                                givenAt: string;
                                /** Format: date-time */
                                withdrawnAt?: string;
                            }[];
                            notices: {
                                code: string;
                                message: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /** Agree to the new version of a text that changed while the journey was under way */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        kind: "personal-information";
                        version: string;
                    };
                };
            };
            responses: {
                /** @description Where the journey stands */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/consents/personal-information/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Without personal information there is no check: ends the journey */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/consents/{kind}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back another consent: the next such check asks for it anew, kept pictures are deleted */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    kind: "face-check" | "bank-card-check" | "bank-card-notice";
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
                /** @description What holds now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            consents: {
                                kind: string;
                                version: string;
                                title: string;
                                /** @description what taking it back stops, and what stays by law */
                                onWithdrawal: string;
                                /** Format: date-time */
                                givenAt: string;
                                /** Format: date-time */
                                withdrawnAt?: string;
                            }[];
                            notices: {
                                code: string;
                                message: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/in-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 「不刷脸，到窗口办理」: waits for a clerk at the window */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/window-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The one-time code to show at the window: the one that is good, or a new one where that is over */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description The code */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WindowCode"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** From a stuck matter to the to-dos, from the window to the check online */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person is done, or gives up */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/to-dos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 待办事项 of this person, newest first */
        get: {
            parameters: {
                query?: {
                    tab?: "open" | "past";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The list */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            toDos: components["schemas"]["ToDo"][];
                            /** @description with the open ones, for as long as these would be listed: what was newly pushed and counts as signed, which the person should know */
                            carried: components["schemas"]["ToDo"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/to-dos/{toDoId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 业务详情: everything that will be confirmed */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    toDoId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The details */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ToDoDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/to-dos/{toDoId}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 【确认】 below the details: leads to a face check for exactly this text */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    toDoId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        revision: number;
                        textHash: string;
                    };
                };
            };
            responses: {
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/to-dos/{toDoId}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 「这不是我办的」, before and after signing */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    toDoId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        revision: number;
                        /** @enum {string} */
                        reason: "not-me" | "content-wrong" | "no-longer-wanted" | "other";
                    };
                };
            };
            responses: {
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/to-dos/{toDoId}/re-issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Of a to-do that is listed no more: asks the registration system to push it anew */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    toDoId: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/to-dos/{toDoId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 【取消】: this verification is void, the to-do stays */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    toDoId: string;
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
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journeys/{id}/to-dos/{toDoId}/signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 【确认】 on the signing page */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the same tap carries the same key */
                    "Idempotency-Key": string;
                };
                path: {
                    id: string;
                    toDoId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        revision: number;
                        strokes: ([
                            number,
                            number,
                            number
                        ] | [
                            number,
                            number,
                            number,
                            number
                        ])[][];
                        width: number;
                        height: number;
                    };
                };
            };
            responses: {
                /** @description Where the journey stands now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
                /** @description Taken, and still being worked on; ask again */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Journey"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/h5": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a browser signs in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The channel */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["H5Channel"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/alipay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What Alipay asks people for */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The channel */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AlipayChannel"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/document-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents to choose from, and what each asks for */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description In the order of the list */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            documentTypes: components["schemas"]["DocumentType"][];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/support": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 【技术支持】: where to ask, and what is asked often */
        get: {
            parameters: {
                query?: {
                    language?: "zh-CN" | "en";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Texts for people */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Support"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/support/qr-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The QR code of the account that helps, to be saved and scanned */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The picture */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/png": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/legal-texts/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A text to agree to, at the version in force or at another that somebody agreed to */
        get: {
            parameters: {
                query?: {
                    version?: string;
                };
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The text */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LegalText"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process serves requests */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It does */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "up" | "down";
                            parts?: {
                                [key: string]: "up" | "down";
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether everything behind it answers too */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It does */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "up" | "down";
                            parts?: {
                                [key: string]: "up" | "down";
                            };
                        };
                    };
                };
            };
        };
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
        Session: {
            token: string;
            /** Format: date-time */
            expiresAt: string;
        };
        AuthorizedIdentity: {
            /** @description enters in place of name and number: in this session, for ten minutes, as often as needed */
            handle: string;
            /** @description masked */
            name: string;
            /** @description masked */
            number: string;
        };
        Journey: {
            id: string;
            /** @description where the journey stands; with no `allowed` commands, the machine is at work */
            step: string;
            /** @description the commands this step accepts */
            allowed: string[];
            /** @description to be sent along with the next command */
            revision: number;
            notices: {
                code: string;
                message: string;
            }[];
            /** @description masked */
            person?: {
                name: string;
                documentType: string;
                documentName: string;
                number: string;
            };
            /** @description how often this check may still fail today */
            attempts?: {
                left: number;
                /** Format: date-time */
                resetsAt: string;
            };
            /** @description texts that changed since the person agreed: until they agree anew, they can only end or step back */
            consentsNeeded?: string[];
            toDoId?: string;
            faceCheck?: {
                certifyId: string;
                /** Format: uri */
                url: string;
            };
            hasPortrait?: boolean;
            stuck?: {
                cause: string;
                /** @description what is being looked at, by whom, and what can be done meanwhile */
                message: string;
                /** Format: date-time */
                since: string;
                /** @description at the window the phone shows a one-time code: POST …/window-code */
                showsCode: boolean;
            };
            completed?: {
                evidenceNumber: string;
                /** Format: date-time */
                confirmedAt: string;
            };
        };
        WindowCode: {
            /** @description 6 characters, to be shown and read aloud to the clerk at the window */
            code: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description after which another one is to be had, whatever the phone’s clock says */
            secondsLeft: number;
        };
        ToDo: {
            toDoId: string;
            entity: string;
            kind: {
                code: string;
                name: string;
            };
            roles: {
                code: string;
                name: string;
            }[];
            authority: string;
            /** @description the registration system that pushed the matter */
            pushedBy: string;
            state: string;
            /** Format: date-time */
            pushedAt: string;
            /** Format: date-time */
            listedUntil: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            settledAt?: string;
            evidenceNumber?: string;
            /** @description there where a newer version, pushed at pushedAt, shows the same text, so that the signature of an earlier one counts for it: its number, and when the person signed */
            carried?: {
                version: number;
                /** Format: date-time */
                signedAt: string;
            };
            /** @description there where the registration system can be asked to push it anew: 已超过7天, and not over */
            reIssue?: {
                /** @description false: asked within the last 24 hours */
                askable: boolean;
                /**
                 * Format: date-time
                 * @description when it was last asked for
                 */
                requestedAt?: string;
            };
        };
        ToDoDetails: {
            toDoId: string;
            entity: string;
            kind: {
                code: string;
                name: string;
            };
            roles: {
                code: string;
                name: string;
            }[];
            authority: string;
            /** @description the registration system that pushed the matter */
            pushedBy: string;
            state: string;
            /** Format: date-time */
            pushedAt: string;
            /** Format: date-time */
            listedUntil: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: date-time */
            settledAt?: string;
            evidenceNumber?: string;
            /** @description there where a newer version, pushed at pushedAt, shows the same text, so that the signature of an earlier one counts for it: its number, and when the person signed */
            carried?: {
                version: number;
                /** Format: date-time */
                signedAt: string;
            };
            /** @description there where the registration system can be asked to push it anew: 已超过7天, and not over */
            reIssue?: {
                /** @description false: asked within the last 24 hours */
                askable: boolean;
                /**
                 * Format: date-time
                 * @description when it was last asked for
                 */
                requestedAt?: string;
            };
            /** @description to be sent along when this text is confirmed */
            textHash: string;
            /** @description the name that was pushed is not that of the document: it cannot be signed */
            nameDiffers: boolean;
            /** @description as pushed, masked */
            name: string;
            sections: {
                title: string;
                fields: {
                    label: string;
                    value: string;
                }[];
            }[];
            documents: {
                name: string;
                sha256: string;
            }[];
            /** @description in plain words what signing makes the person liable for */
            liability: string;
        };
        H5Channel: {
            /**
             * Format: uri
             * @description where a browser gets an authorization code; only where the product is tried
             */
            authorizeUrl?: string;
        };
        AlipayChannel: {
            /** @description templates of the messages that a person is asked to agree to before a confirmation */
            messageTemplates: string[];
        };
        DocumentType: {
            /** @enum {string} */
            type: "resident-id" | "hmt-residence-permit" | "hk-macau-travel-permit" | "taiwan-travel-permit" | "foreign-permanent-resident-id" | "overseas-chinese-passport" | "foreign-passport";
            name: string;
            /** @description what must be given beside name and number */
            asks: ("valid-until" | "issuing-country")[];
            /** @description whether the person's own bank card is checked too */
            bankCard: boolean;
            /** @description whether to ask for authorization once this is chosen, and to fill in GET /api/authorized-identity */
            authorized: boolean;
            /** @description the code by which a refusal says that a number is one of this document */
            numberCode?: string;
            /** @description false: people with this document go to the window */
            online: boolean;
        };
        Support: {
            account: string;
            howTo: string[];
            /** @description whether there is a picture to scan, at GET /api/support/qr-code */
            hasQrCode: boolean;
            questions: {
                question: string;
                answer: string;
            }[];
        };
        LegalText: {
            kind: string;
            version: string;
            title: string;
            text: string;
            sha256: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
