"""Pictures as tensors: conversion, scene cuts, smoothing over time."""
