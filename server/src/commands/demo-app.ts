// The app that the demo's expert has written: small, and with everything that a governed app can ask of people.

/** Its six files. A purchase above 100,000 breaks a rule of the pipeline: such a run fails and costs nothing. */
export const VENDOR_CHECK = {
  info: {
    name: 'Vendor check',
    description: 'Looks at a planned purchase, asks a manager about its budget, and writes a recommendation.',
    version: '1.0.0',
    category: 'procurement',
    tags: ['purchasing', 'budget'],
    language: 'en',
    icon: 'shopping-cart',
    instructions: 'Describe what is to be bought and why. A manager confirms the budget while the run waits.',
  },
  input: {
    fields: [
      { name: 'vendor', label: 'Vendor', type: 'text', required: true, max_length: 200 },
      { name: 'purpose', label: 'What for', type: 'text', required: true, max_length: 2000 },
      { name: 'budget', label: 'Budget in EUR', type: 'number', required: true, minimum: 0, maximum: 1_000_000 },
    ],
  },
  pipeline: {
    nodes: [
      {
        id: 'limit',
        type: 'validate',
        title: 'Within the limit for one purchase',
        value: '{{input.budget}}',
        schema: { type: 'number', maximum: 100_000 },
      },
      {
        id: 'assessment',
        type: 'prompt',
        title: 'Assess the vendor',
        prompt: 'Assess {{input.vendor}} for: {{input.purpose}}',
        output: 'text',
      },
      {
        id: 'budget_check',
        type: 'human_task',
        title: 'Confirm the budget',
        description: '{{input.vendor}} for {{input.purpose}}: is there a budget of EUR {{input.budget}}?',
        assignee: 'role:manager',
        fields: [
          { name: 'is_confirmed', label: 'The budget is there', type: 'boolean', required: true },
          { name: 'cost_centre', label: 'Cost centre', type: 'text', required: true, max_length: 100 },
          { name: 'remark', label: 'Remark', type: 'text', required: false, max_length: 1000 },
        ],
        due_days: 7,
      },
    ],
  },
  result: {
    schema: {
      type: 'object',
      properties: {
        vendor: { type: 'string' },
        recommendation: { type: 'string' },
        cost_centre: { type: 'string' },
      },
      required: ['vendor', 'recommendation', 'cost_centre'],
      additionalProperties: false,
    },
    title: 'Vendor check',
    layout: [
      { pointer: '/vendor', label: 'Vendor', format: 'text' },
      { pointer: '/recommendation', label: 'Recommendation', format: 'text' },
      { pointer: '/cost_centre', label: 'Cost centre', format: 'text' },
    ],
    output: {
      vendor: '{{input.vendor}}',
      recommendation: '{{assessment}}',
      cost_centre: '{{budget_check.answer.cost_centre}}',
    },
  },
  governance: {
    engine_type: 'workflow',
    risk: 'medium',
    jurisdictions: 'all',
    supervision: { required: true, level2: { quorum: 1 } },
    allowed_provider_types: 'all',
    statements: ['I have read the recommendation and stand by it.'],
  },
  pricing: { base_micros: 250_000 },
} as const
