namespace Aval;

/// <summary>The languages in which findings, options, decisions and policies are told.</summary>
public enum Language { English, French, German }
